"""Every environment variable docpipe reads, with the default of the embedded installation.

The embedded default needs no service, no key and no network: everything lives in one folder, `DOCPIPE_HOME`.
"""

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from docpipe_assets.vocabulary import AskModel, Engine, OcrPages

CHECKOUT = Path(__file__).resolve().parent.parent

Megabytes = Annotated[int, Field(gt=0)]
Seconds = Annotated[float, Field(gt=0)]


class Settings(BaseSettings):
    """docpipe's settings; each field is the environment variable `DOCPIPE_<FIELD>`, or a line of `.env`."""

    model_config = SettingsConfigDict(env_prefix="DOCPIPE_", env_file=".env", extra="ignore")

    home: Path = Field(
        CHECKOUT / ".docpipe", description="Folder of everything that the embedded default keeps."
    )
    database_url: str = Field(
        "", description="SQLAlchemy URL of docpipe's tables. Default: SQLite in the home."
    )
    uploads_url: str = Field(
        "", description="Bucket that people put documents in. Default: `uploads` in the home."
    )
    artifacts_url: str = Field(
        "", description="Bucket for images and reports. Default: `artifacts` in the home."
    )
    celery_broker_url: str = Field(
        "filesystem://", description="Broker between the run queue and the workers."
    )

    ui_port: int = Field(3000, description="Port of the Dagster UI, on 127.0.0.1.")
    ui_url: str = Field("", description="Address of the UI for links and re-runs. Default: the local port.")

    bucket_poll_s: Seconds = Field(0.5, description="How often a sensor tick lists the upload bucket.")
    bucket_watch_s: float = Field(
        4.0, ge=0, le=45, description="How long one sensor tick watches for new objects."
    )
    settle_s: float = Field(
        1.0, ge=0, description="An object must be this old, unchanged, before it is read."
    )
    max_runs_per_tick: int = Field(50, gt=0, description="Runs that one sensor tick requests at most.")

    page_workers: int = Field(0, ge=0, description="Child processes that work on pages. 0: one per core.")
    page_memory_mb: int = Field(2000, ge=500, description="Memory in MB that one child process may take.")
    render_timeout_s: Seconds = Field(60.0, description="Time that parsing or drawing one page may take.")
    ocr_timeout_s: Seconds = Field(180.0, description="Time that reading one page may take.")
    render_dpi: int = Field(200, ge=50, le=600, description="Resolution of page images.")
    render_max_megapixels: float = Field(
        60.0, gt=0, description="Bigger pages are drawn at a lower resolution."
    )
    max_document_mb: Megabytes = Field(2000, description="Bigger objects are refused (`too_large`).")
    max_pages: int = Field(5000, gt=0, description="Longer documents are refused (`too_many_pages`).")

    ocr_engine: Engine = Field(
        Engine.RAPIDOCR, description="Reads page images: `rapidocr` or `google_vision`."
    )
    ocr_pages: OcrPages = Field(
        OcrPages.AUTO,
        description="What the engine reads: pages without a believable text layer, or `always` all.",
    )
    google_vision_endpoint: str = Field(
        "", description="Another address of Google Vision, such as a local one."
    )
    google_vision_transport: Literal["grpc", "rest"] = Field("grpc", description="`grpc` or `rest`.")
    google_vision_credentials: Path | None = Field(
        None, description="Key file of a service account. Unset: Google's default credentials."
    )
    google_vision_languages: list[str] = Field([], description="Language hints, as a JSON list.")
    google_vision_in_flight: int = Field(
        20, gt=0, description="Pages that one process sends to Google at once."
    )
    google_vision_usd_per_image: float = Field(
        0.0015, ge=0, description="What one image costs, for the ledger."
    )
    vision_api_key: SecretStr = Field(
        SecretStr(""), description="Key of the vision model. Unset: no model is asked."
    )
    vision_base_url: str = Field("", description="Address of another OpenAI-compatible server.")
    vision_model: str = Field("", description="Name of the vision model.")
    vision_prices: dict[str, tuple[Decimal, Decimal]] = Field(
        {}, description="For each model, as JSON, its price in USD for a million tokens in and out."
    )
    vision_classify: AskModel = Field(
        AskModel.WHEN_UNSURE,
        description="Who a page is, and in the same question its scales: ask the model `when_unsure`, `always` or "
        "`never`.",
    )
    vision_scale: AskModel = Field(
        AskModel.WHEN_UNSURE,
        description="Scales of a page: heed the model `when_unsure`, `always` or `never`, and ask it where it has "
        "not told them yet.",
    )
    vision_image_edge_px: int = Field(
        2048, ge=256, description="Longest edge of the images that the model is sent."
    )
    vision_max_output_tokens: int = Field(4000, gt=0, description="Longest answer of the model, in tokens.")
    vision_in_flight: int = Field(
        32, gt=0, description="Pages that one process asks the model about at once."
    )
    vision_failures_in_a_row: int = Field(
        5, gt=0, description="After so many the model is not asked any more."
    )
    document_budget_usd: float = Field(
        0.0, ge=0, description="Most that a document's paid calls may cost. 0: no limit."
    )

    log_json: bool = Field(False, description="Log JSON lines instead of coloured text.")

    @model_validator(mode="after")
    def _live_in_home(self) -> Self:
        self.home = self.home.expanduser().resolve()
        self.database_url = _absolute(self.database_url) or f"sqlite:///{self.home / 'docpipe.db'}"
        self.uploads_url = self.uploads_url or (self.home / "uploads").as_uri()
        self.artifacts_url = self.artifacts_url or (self.home / "artifacts").as_uri()
        self.ui_url = self.ui_url or f"http://127.0.0.1:{self.ui_port}"
        return self

    @property
    def dagster_home(self) -> Path:
        return self.home / "dagster"


def _absolute(database_url: str) -> str:
    """The URL of an SQLite file by its full path, since the parts of docpipe run in other folders."""
    scheme, _, path = database_url.partition("sqlite:///")
    return database_url if scheme or not path else f"sqlite:///{Path(path).resolve()}"


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
