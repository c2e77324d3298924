"""Structured logs on standard error: one JSON object a line, or plain text on a terminal."""

import logging
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import structlog

_apart: ContextVar[bool] = ContextVar("apart", default=False)


@contextmanager
def apart() -> Iterator[None]:
    """Log nothing in this block but that something broke, and where in our code."""
    token = _apart.set(True)
    try:
        yield
    finally:
        _apart.reset(token)


class ApartFilter(logging.Filter):
    """Drops lines made within :func:`apart`; of errors it leaves kind and place.

    An error's own words may hold what somebody typed (PostgreSQL quotes the row).
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether ``record`` is written."""
        if not _apart.get():
            return True
        if record.levelno < logging.ERROR:
            return False
        kind, _, trace = record.exc_info or (None, None, None)
        name = kind.__name__ if kind else "error"
        record.msg = f"{name} on a page without names\n{''.join(traceback.format_tb(trace))}"
        record.args, record.exc_info, record.exc_text = (), None, None
        return True


def configure(config: dict[str, Any]) -> None:
    """Set up structlog for our own lines and for Django's. Called by Django at start."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    last: Any = (
        structlog.dev.ConsoleRenderer(colors=False)
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    handler.addFilter(ApartFilter())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(config.get("level", "INFO"))
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
