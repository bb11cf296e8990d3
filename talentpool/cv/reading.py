"""Reading a CV in a process of its own: it may loop, swell or crash, and the site goes on."""

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from talentpool.cv.document import Document
from talentpool.cv.limits import LIMITS, CvRefused, Limits, Refusal

WORKER = Path(__file__).with_name("worker.py")
#: CVs read at once by one process of the site: each may take half a gigabyte.
AT_ONCE = 2
_turns = threading.BoundedSemaphore(AT_ONCE)


def read_cv(
    data: bytes, *, most: int, limits: Limits = LIMITS, worker: Sequence[str] = ()
) -> Document:
    """Return what a CV says, or raise `CvRefused`; `most` is its largest weight in bytes.

    Nothing is written to disk. `worker` replaces the command that reads, for tests.
    """
    if len(data) > most:
        raise CvRefused(Refusal.TOO_HEAVY)
    # Whoever waited here would hold one of the few requests that the site serves at once.
    if not _turns.acquire(timeout=1):
        raise CvRefused(Refusal.BUSY)
    try:
        said = _answer(data, limits, worker or (sys.executable, "-I", str(WORKER)))
    finally:
        _turns.release()
    try:
        answer = json.loads(said)
        if "refused" in answer:
            raise CvRefused(Refusal(answer["refused"]))
        return Document.from_dict(answer["document"]).within(limits)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise CvRefused(Refusal.BROKEN) from error


def _answer(data: bytes, limits: Limits, command: Sequence[str]) -> bytes:
    """Return what the worker printed; raises `CvRefused` when it died, was too slow or said too much."""
    late = threading.Event()
    # Neither the site's secrets nor its folder go along: the environment is empty.
    with subprocess.Popen(  # noqa: S603 - our own script
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONUTF8": "1"},
        cwd="/",
        start_new_session=True,
    ) as process:

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(limits.wall, stop)
        timer.start()
        try:
            feeder = threading.Thread(target=_feed, args=(process, data), daemon=True)
            feeder.start()
            said = process.stdout.read(limits.answer + 1) if process.stdout else b""
            if len(said) > limits.answer:
                process.kill()
            process.wait()
            feeder.join(limits.wall)
        finally:
            timer.cancel()
    if late.is_set() or process.returncode < 0 or len(said) > limits.answer:
        raise CvRefused(Refusal.TOO_LONG)
    if process.returncode:
        raise CvRefused(Refusal.BROKEN)
    return said


def _feed(process: subprocess.Popen[bytes], data: bytes) -> None:
    try:
        if process.stdin:
            process.stdin.write(data)
            process.stdin.close()
    except OSError:
        # It died before it had read everything: its exit says why.
        return
