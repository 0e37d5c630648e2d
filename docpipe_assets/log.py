"""How the processes log: structlog, as text for people or as JSON lines for machines."""

import logging
import sys

import structlog

from docpipe_assets.settings import settings


def configure_logging() -> None:
    """Log to stderr, in JSON with `DOCPIPE_LOG_JSON`; bound values such as run_id come on every line."""
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if settings().log_json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info if settings().log_json else _keep,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _keep(
    _logger: structlog.typing.WrappedLogger, _name: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    return event
