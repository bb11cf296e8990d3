import logging

from talentpool.web.logs import FORMAT, OneLine


def test_a_hostile_text_stays_on_one_escaped_line() -> None:
    record = logging.LogRecord("t", logging.INFO, "f", 1, "a\r\nINFO forged \x1b[2J", None, None)
    line = OneLine(FORMAT).format(record)
    assert "\n" not in line
    assert "\r" not in line
    assert "\x1b" not in line
    assert "\\r\\nINFO forged \\x1b" in line
