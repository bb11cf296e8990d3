"""The ranker of the pool, kept while the process lives: only who changed is read again."""

from collections.abc import Mapping
from threading import Lock
from typing import Any

from matching import Profile, Ranker, Referential

#: Changed profiles, in a pool of so many times as many, from which learning anew is quicker.
FEW = 4


class Rankers:
    """Keeps the last pool that was ranked, and follows it from ranking to ranking.

    What a profile says tells whether it changed, and the database tells that at each ranking:
    neither another process nor another database can leave anybody as they were.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._ranker: Ranker | None = None
        self._digests: Mapping[str, str] = {}

    def ranker_of(
        self,
        profiles: list[Profile],
        digests: Mapping[str, str],
        parameters: Mapping[str, Any],
        skills: Referential,
    ) -> Ranker:
        """Give a ranker that ranks as one fitted on these profiles does, to the last figure.

        `digests` are those of all that each profile says, by key. The ranker is the caller's to read.
        """
        with self._lock:
            self._ranker = self._following(profiles, digests, skills)
            self._digests = digests
            return self._ranker.retuned(**parameters)

    def _following(
        self, profiles: list[Profile], digests: Mapping[str, str], skills: Referential
    ) -> Ranker:
        known = self._ranker
        if known is None or known.referential is not skills:
            return Ranker(referential=skills).fit(profiles)
        changed = [one for one in profiles if self._digests.get(one.key) != digests[one.key]]
        gone = self._digests.keys() - digests.keys()
        if FEW * (len(changed) + len(gone)) > len(profiles):
            return Ranker(referential=skills).fit(profiles)
        # Rankings that go on meanwhile have the one that was: it stays as it is.
        return known.copy().update(changed, gone).refit() if changed or gone else known


rankers = Rankers()
