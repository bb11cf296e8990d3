"""Which ranking this is: a number for people, and a fingerprint that no edit forgets to change."""

from __future__ import annotations

import hashlib
from importlib.resources import files

NUMBER = "1.1.0"
#: What measures or compares rankings, and makes none; `measures` is a folder, and is not looked into.
_MEASURING = {"__main__.py", "_compare.py", "evaluation.py"}


def version() -> str:
    """Give ``NUMBER+fingerprint``: eight hexadecimal digits of the code and data that rank."""
    sources = {
        source.name: source.read_bytes()
        for source in files("matching").iterdir()
        if source.name.endswith((".py", ".csv")) and source.name not in _MEASURING
    }
    digest = hashlib.sha256()
    for name, content in sorted(sources.items()):
        # A checkout with other line ends is the same code.
        digest.update(name.encode() + b"\0" + content.replace(b"\r\n", b"\n") + b"\0")
    return f"{NUMBER}+{digest.hexdigest()[:8]}"
