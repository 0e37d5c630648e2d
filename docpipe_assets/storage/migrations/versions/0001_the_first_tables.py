"""The first tables

Revision 0001, the first.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

EFFECTIVE_SCALE_VIEW = """
CREATE VIEW effective_scale AS
SELECT
    pages.id AS page_id,
    pages.document_id AS document_id,
    pages.page_number AS page_number,
    CASE WHEN m.page_id IS NOT NULL THEN 'manual' ELSE c.status END AS status,
    CASE WHEN m.page_id IS NOT NULL THEN m.pixels_per_foot ELSE c.pixels_per_foot END AS pixels_per_foot,
    CASE WHEN m.page_id IS NOT NULL THEN NULL ELSE c.scale_text END AS scale_text,
    CASE WHEN m.page_id IS NOT NULL THEN FALSE ELSE c.needs_review END AS needs_review
FROM pages
LEFT JOIN scale_calibrations AS c ON c.page_id = pages.id
LEFT JOIN manual_calibrations AS m ON m.page_id = pages.id
WHERE m.page_id IS NOT NULL OR c.page_id IS NOT NULL
"""

Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partition_key", sa.String(length=64), nullable=False),
        sa.Column("bucket_key", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("content_type", sa.String(length=100), nullable=True),
        sa.Column("etag", sa.String(length=200), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("error_code", sa.String(length=40), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("page_count", sa.Integer(), nullable=True),
        sa.Column("run_id", sa.String(length=36), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("bucket_key", name=op.f("uq_documents_bucket_key")),
        sa.UniqueConstraint("partition_key", name=op.f("uq_documents_partition_key")),
    )
    op.create_index("ix_documents_status", "documents", ["status"])

    op.create_table(
        "manual_calibrations",
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("pixels_per_foot", sa.Double(), nullable=False),
        sa.Column("calibrated_by", sa.Text(), nullable=False),
        sa.Column("calibrated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("page_id", name=op.f("pk_manual_calibrations")),
    )
    op.create_table(
        "run_heartbeats",
        sa.Column("run_id", sa.String(length=36), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("process_started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_run_heartbeats")),
    )
    op.create_table(
        "workers",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("host", "pid", name=op.f("pk_workers")),
    )
    op.create_table(
        "pages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("page_number", sa.Integer(), nullable=False),
        sa.Column("width_px", sa.Integer(), nullable=False),
        sa.Column("height_px", sa.Integer(), nullable=False),
        sa.Column("dpi", sa.Double(), nullable=False),
        sa.Column("dpi_assumed", sa.Boolean(), nullable=False),
        sa.Column("width_in", sa.Double(), nullable=False),
        sa.Column("height_in", sa.Double(), nullable=False),
        sa.Column("rotation", sa.Integer(), nullable=False),
        sa.Column("has_text_layer", sa.Boolean(), nullable=False),
        sa.Column("image_key", sa.Text(), nullable=False),
        sa.Column("thumbnail_key", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("run_id", sa.String(length=36), nullable=False),
        sa.Column("duration_s", sa.Double(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_pages_document_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pages")),
        sa.UniqueConstraint("document_id", "page_number", name=op.f("uq_pages_document_id_page_number")),
    )
    op.create_table(
        "plan_sets",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("csv_key", sa.Text(), nullable=False),
        sa.Column("xlsx_key", sa.Text(), nullable=False),
        sa.Column("json_key", sa.Text(), nullable=False),
        sa.Column("report_key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("run_id", sa.String(length=36), nullable=False),
        sa.Column("duration_s", sa.Double(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_plan_sets_document_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_plan_sets")),
    )
    op.create_table(
        "stage_failures",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("page_number", sa.Integer(), nullable=False),
        sa.Column("error_code", sa.String(length=40), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.String(length=36), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_stage_failures_document_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", "stage", "page_number", name=op.f("pk_stage_failures")),
    )
    op.create_table(
        "classifications",
        sa.Column("sheet_number", sa.Text(), nullable=True),
        sa.Column("sheet_number_confidence", sa.Double(), nullable=True),
        sa.Column("sheet_number_box", Json, nullable=True),
        sa.Column("sheet_title", sa.Text(), nullable=True),
        sa.Column("sheet_title_confidence", sa.Double(), nullable=True),
        sa.Column("sheet_title_box", Json, nullable=True),
        sa.Column("discipline", sa.String(length=40), nullable=False),
        sa.Column("discipline_confidence", sa.Double(), nullable=False),
        sa.Column("page_type", sa.String(length=40), nullable=False),
        sa.Column("page_type_confidence", sa.Double(), nullable=False),
        sa.Column("page_type_box", Json, nullable=True),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("needs_review", sa.Boolean(), nullable=False),
        sa.Column("review_reasons", Json, nullable=False),
        sa.Column("alternatives", Json, nullable=False),
        sa.Column("provenance", Json, nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("run_id", sa.String(length=36), nullable=False),
        sa.Column("duration_s", sa.Double(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["page_id"], ["pages.id"], name=op.f("fk_classifications_page_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("page_id", name=op.f("pk_classifications")),
    )
    op.create_table(
        "ocr_results",
        sa.Column("engine", sa.String(length=40), nullable=False),
        sa.Column("engine_reason", sa.Text(), nullable=False),
        sa.Column("ocr_text", sa.Text(), nullable=False),
        sa.Column("ocr_blocks", Json, nullable=False),
        sa.Column("mean_confidence", sa.Double(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("cost_usd", sa.Double(), nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("run_id", sa.String(length=36), nullable=False),
        sa.Column("duration_s", sa.Double(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["page_id"], ["pages.id"], name=op.f("fk_ocr_results_page_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("page_id", name=op.f("pk_ocr_results")),
    )
    op.create_table(
        "scale_calibrations",
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("scale_text", sa.Text(), nullable=True),
        sa.Column("ratio", sa.String(length=40), nullable=True),
        sa.Column("pixels_per_foot", sa.Double(), nullable=True),
        sa.Column("bounding_box", Json, nullable=True),
        sa.Column("method", sa.String(length=40), nullable=True),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("needs_review", sa.Boolean(), nullable=False),
        sa.Column("review_reasons", Json, nullable=False),
        sa.Column("scale_calibration_data", Json, nullable=False),
        sa.Column("provenance", Json, nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("run_id", sa.String(length=36), nullable=False),
        sa.Column("duration_s", sa.Double(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["page_id"], ["pages.id"], name=op.f("fk_scale_calibrations_page_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("page_id", name=op.f("pk_scale_calibrations")),
    )
    op.execute(EFFECTIVE_SCALE_VIEW)


def downgrade() -> None:
    op.execute("DROP VIEW effective_scale")
    op.drop_table("scale_calibrations")
    op.drop_table("ocr_results")
    op.drop_table("classifications")
    op.drop_table("stage_failures")
    op.drop_table("plan_sets")
    op.drop_table("pages")

    op.drop_table("workers")
    op.drop_table("run_heartbeats")
    op.drop_table("manual_calibrations")
    op.drop_index("ix_documents_status", "documents")

    op.drop_table("documents")
