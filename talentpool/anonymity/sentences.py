"""Cutting what a person wrote into sentences that can be approved one by one."""

import re

from talentpool.anonymity.models import LONGEST_PASSAGE

#: Sentences that are offered: a page of boxes, not a book of them.
MOST_OFFERED = 40
#: Shorter ones say nothing alone.
_SHORTEST = 15
# A point after one capital is an initial's: « M. Dupont ».
_BETWEEN = re.compile(r"(?<=[.!?…])(?<![A-Z]\.)\s+(?=[^\sa-z])|\s*\n\s*")


def sentences(text: str) -> list[str]:
    """Return a text's sentences, each once, without those that are too short or too long to be shown."""
    cut = (part.strip() for part in _BETWEEN.split(text))
    kept = dict.fromkeys(part for part in cut if _SHORTEST <= len(part) <= LONGEST_PASSAGE)
    return list(kept)[:MOST_OFFERED]
