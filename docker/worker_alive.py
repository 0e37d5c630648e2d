"""The health check of a worker's container: whether the worker in it has given a sign of life lately."""

import socket
import sys

from docpipe_assets.fleet.heartbeats import workers_alive
from docpipe_assets.settings import settings
from docpipe_assets.storage.database import sessions


def main() -> None:
    host = socket.gethostname()
    with sessions(settings().database_url)() as session:
        if not any(worker.host == host for worker in workers_alive(session)):
            sys.exit(f"No worker on {host} has given a sign of life lately.")


if __name__ == "__main__":
    main()
