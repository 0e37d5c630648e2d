"""Rows that a worker is about to write, held back by the database until they are let go."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, text

TABLES = ("pages", "ocr_results", "classifications", "scale_calibrations")


class HeldRows:
    """Rows that nobody can write into docpipe's tables until they are let go."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._do(
            "CREATE FUNCTION held() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM "
            "pg_advisory_xact_lock_shared(1, hashtext(TG_TABLE_NAME || ':' || (to_jsonb(NEW) ->> TG_ARGV[0]))); "
            "RETURN NEW; END $$"
        )
        for table in TABLES:
            column = "id" if table == "pages" else "page_id"
            self._do(
                f"CREATE TRIGGER held BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION held('{column}')"
            )
        self._do(
            "CREATE TRIGGER held BEFORE INSERT ON plan_sets FOR EACH ROW EXECUTE FUNCTION held('document_id')"
        )
        self._do(
            "CREATE TRIGGER held BEFORE INSERT ON run_heartbeats FOR EACH ROW EXECUTE FUNCTION held('host')"
        )
        self._do(
            "CREATE TRIGGER held BEFORE UPDATE ON documents FOR EACH ROW WHEN (NEW.status = 'ready') "
            "EXECUTE FUNCTION held('id')"
        )

    def hold(self, row: str) -> None:
        self._do("SELECT pg_advisory_lock(1, hashtext(:row))", row=row)

    def let_go(self, row: str) -> None:
        self._do("SELECT pg_advisory_unlock(1, hashtext(:row))", row=row)

    def awaited(self, row: str) -> bool:
        """Whether somebody is about to write the row."""
        return bool(self.waiting_ports(row))

    def waiting_ports(self, row: str) -> set[int]:
        """The local ports of the connections that are about to write the row."""
        waiting = self._do(
            "SELECT client_port FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' "
            "AND NOT granted AND objid = hashtext(:row)::oid AND client_port IS NOT NULL",
            row=row,
        )
        return {port for (port,) in waiting}

    def _do(self, statement: str, **values: Any) -> list[Any]:
        done = self._connection.execute(text(statement), values)
        return list(done) if done.returns_rows else []
