"""Coming back to where one was, without being sent elsewhere by a forged address."""

from urllib.parse import urlsplit


def own_address(target: str | None) -> str | None:
    """Return `target` if it is a path of this site, None for anything that a browser might take elsewhere."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    if any(ord(char) < 0x21 or char == "\\" for char in target):
        return None
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else None
