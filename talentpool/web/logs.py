"""Log lines: one event, one line, whatever text it carries, and an identifier per request to quote."""

import logging
import re
import secrets

from flask import Flask, g, has_request_context

from talentpool.config import Settings

FORMAT = "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"


#: What PostgreSQL adds to an error: the row that was refused, or the key that exists already.
_DETAIL = re.compile(
    r"\nDETAIL:.*?(?=\n\[SQL: |\n\nThe above exception|\n\nDuring handling|\Z)", re.DOTALL
)
_ADDRESS = re.compile(r"[^\s\"'<>(),;:=\[\]]+@[^\s\"'<>(),;:=\[\]]+")


def without_people(text: str) -> str:
    """Take mail addresses, and the rows that a database quotes in its errors, out of a text."""
    return _ADDRESS.sub("<address>", _DETAIL.sub("\nDETAIL: <left out>", text))


class OneLine(logging.Formatter):
    """A formatter that escapes control characters, so that no text can forge a line or move a cursor.

    It leaves out what an error may quote of people: logs hold numbers.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the record on one line; a trace follows with its line ends escaped."""
        record.request_id = request_id()
        line = without_people(super().format(record))
        return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)


def request_id() -> str:
    """Return the identifier of the current request, "-" outside one."""
    if not has_request_context():
        return "-"
    if "request_id" not in g:
        g.request_id = secrets.token_hex(4)
    return str(g.request_id)


def init_logs(app: Flask, settings: Settings) -> None:
    """Send the product's log to standard error, at the level of the settings."""
    logger = logging.getLogger("talentpool")
    logger.setLevel(settings.log_level)
    if not any(isinstance(handler.formatter, OneLine) for handler in logger.handlers):
        handler: logging.Handler = logging.StreamHandler()
        handler.setFormatter(OneLine(FORMAT))
        logger.addHandler(handler)
    app.jinja_env.globals["request_id"] = request_id
