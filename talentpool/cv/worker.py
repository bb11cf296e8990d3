"""The process that reads one CV: bytes in, JSON out, and nothing else within its reach.

It is started by its path, in Python's isolated mode, so that neither the product nor its settings are
loaded beside what parses a stranger's file.
"""

import json
import resource
import sys
import types
from pathlib import Path
from typing import Any

#: What text in a CV may be written in.
CODECS = (
    *("ascii", "latin-1", "iso8859-15", "cp1252", "cp437"),
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"),
)


def _limit(what: int, most: int) -> None:
    try:
        resource.setrlimit(what, (most, most))
    except (OSError, ValueError):
        # A system that does not know this limit, or has a lower one already.
        return


def main() -> None:
    """Read standard input, answer on standard output: the document, or why it is refused."""
    # The package's own start would load the whole product: an empty one of its name stands in for it.
    package = types.ModuleType("talentpool")
    package.__path__ = [str(Path(__file__).resolve().parent.parent)]
    sys.modules["talentpool"] = package
    from talentpool.cv.limits import LIMITS, CvRefused, Refusal

    _limit(resource.RLIMIT_AS, LIMITS.memory)
    _limit(resource.RLIMIT_CPU, LIMITS.cpu)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    from talentpool.cv.extracting import extract

    # Codecs are files that Python opens when it first needs them: afterwards nothing can be opened.
    for codec in CODECS:
        "".encode(codec)
    data = sys.stdin.buffer.read()
    # From here on no descriptor can be had: no file, no socket, no other process to talk to.
    _limit(resource.RLIMIT_NPROC, 0)
    _limit(resource.RLIMIT_NOFILE, 0)
    answer: dict[str, Any]
    try:
        answer = {"document": extract(data, LIMITS).to_dict()}
    except CvRefused as refused:
        answer = {"refused": refused.refusal.value}
    except MemoryError:
        answer = {"refused": Refusal.TOO_LONG.value}
    except Exception:  # noqa: BLE001 - a stranger's file must not print a trace of what it says
        answer = {"refused": Refusal.BROKEN.value}
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
