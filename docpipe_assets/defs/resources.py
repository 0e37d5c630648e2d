"""What the assets and sensors work with: settings, database, buckets and the pool of child processes."""

import dagster as dg
from sqlalchemy.orm import Session, sessionmaker

from docpipe_assets.settings import Settings, settings
from docpipe_assets.storage.bucket import Bucket, open_bucket
from docpipe_assets.storage.database import sessions


class Docpipe(dg.ConfigurableResource[None]):
    """docpipe's settings and what they name. Engines, buckets and child processes are shared by a process."""

    @property
    def settings(self) -> Settings:
        return settings()

    @property
    def sessions(self) -> sessionmaker[Session]:
        return sessions(self.settings.database_url)

    @property
    def uploads(self) -> Bucket:
        return open_bucket(self.settings.uploads_url)

    @property
    def artifacts(self) -> Bucket:
        return open_bucket(self.settings.artifacts_url)
