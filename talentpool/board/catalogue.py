"""The board in memory: what each need says, word by word, and what its open seats ask for."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache
from math import log

import Stemmer

from talentpool.naming import Words, folded
from talentpool.needs.models import Need, NeedSeat
from talentpool.organisations.models import Organisation

#: What a word is worth by where it stands.
IN_TITLE, IN_SEAT, IN_HOST, IN_SUMMARY, IN_FAMILY, IN_TEXT = 6.0, 4.0, 3.0, 3.0, 1.0, 1.0
#: How well a word answers another: the beginning of a longer one, another form of it, a typo.
BEGUN, INFLECTED, CORRECTED, NEIGHBOUR = 0.7, 0.9, 0.8, 0.3
#: Words that everybody says; a search asks for them only when it has no other.
EMPTY = frozenset(
    "a au aux avec ce ces d dans de des du en et l la le les leur ou par pour sa ses son sur un une".split()  # noqa: SIM905
)
#: From how many letters two typos are forgiven, and how many pairs of letters must then be the same.
TWICE_FORGIVEN_FROM = 7
LIKENESS = 0.6
_STEMMER = Stemmer.Stemmer("french")


@dataclass(frozen=True)
class HostName:
    """What a host is called in both languages; a name that a file gave has only one."""

    label_fr: str
    label_en: str = ""


@dataclass(frozen=True)
class OpenSeat:
    """What somebody sought is asked for."""

    family: str
    skills: frozenset[str]
    share_pct: int
    starts_on: date | None
    remote_days: int
    town: str


@dataclass(frozen=True)
class Notice:
    """A need of the board: what filters and orders read of it."""

    need_id: int
    hosts: dict[str, HostName]
    town: str
    seats: tuple[OpenSeat, ...]
    since: datetime
    until: date | None
    worth: dict[str, float] = field(repr=False)

    @property
    def starts_on(self) -> date:
        """The first day of its first open seat; one that names no day may start at once."""
        return min((seat.starts_on or date.min for seat in self.seats), default=date.max)


@dataclass(frozen=True)
class Answer:
    """What a search of words finds: how much each need is worth, whole matches or near ones."""

    found: dict[int, float] = field(default_factory=dict)
    near: dict[int, float] = field(default_factory=dict)
    corrected: dict[str, list[str]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)


class Catalogue:
    """Every notice, and every word that one of them says."""

    def __init__(self, notices: Iterable[Notice]) -> None:
        self.notices = {notice.need_id: notice for notice in notices}
        self._saying: dict[str, dict[int, float]] = defaultdict(dict)
        for notice in self.notices.values():
            for word, worth in notice.worth.items():
                self._saying[word][notice.need_id] = worth
        self._words = Words(self._saying)
        self._of_stem: dict[str, list[str]] = defaultdict(list)
        for word in self._saying:
            self._of_stem[_STEMMER.stemWord(word)].append(word)

    @property
    def hosts(self) -> dict[str, HostName]:
        """Map the codes of the hosts, and of the ministries above them, to their names."""
        named = {code: name for n in self.notices.values() for code, name in n.hosts.items()}
        return dict(sorted(named.items(), key=lambda pair: folded(pair[1].label_fr)))

    def search(self, text: str) -> Answer:
        """Find the needs that say every word, accents and one typo or two forgiven."""
        typed = _typed(text)
        words = [word for word in typed if word not in EMPTY] or list(typed)
        corrected: dict[str, list[str]] = {}
        unknown: list[str] = []
        worths: list[dict[int, float]] = []
        for word in words:
            meant = self._meant(word)
            if not self._is_said(word):
                close = [near for near, quality in meant.items() if quality == CORRECTED]
                corrected |= {typed[word]: close} if close else {}
                unknown += [] if close else [typed[word]]
            worths.append(self._worth_of(meant))
        total: dict[int, float] = defaultdict(float)
        for worth in worths:
            for number, amount in worth.items():
                total[number] += amount
        found = {n: w for n, w in total.items() if all(n in worth for worth in worths)}
        near = {} if found else dict(total)
        return Answer(found, near, corrected, unknown)

    def _is_said(self, word: str) -> bool:
        return self._words.knows(word) or bool(self._forms_of(word))

    def _forms_of(self, word: str) -> list[str]:
        return self._of_stem.get(_STEMMER.stemWord(word), [])

    def _meant(self, word: str) -> dict[str, float]:
        """Map the words that a word may mean to how well each answers it."""
        meant = dict.fromkeys(self._words.beginning_with(word), BEGUN)
        meant |= dict.fromkeys(self._forms_of(word), INFLECTED)
        close = self._words.close_to(word)
        if not meant:
            # A typo in a plural that nobody writes is two typos.
            singular = self._words.close_to(word.rstrip("sx"))
            read = close or singular or self._resembling(word)
            forms = (form for near in read for form in self._forms_of(near))
            return dict.fromkeys(forms, INFLECTED * CORRECTED) | dict.fromkeys(read, CORRECTED)
        return dict.fromkeys(close, NEIGHBOUR) | meant | ({word: 1.0} if word in meant else {})

    def _worth_of(self, meant: dict[str, float]) -> dict[int, float]:
        """Map needs to what the best word that they say is worth, rare words being worth more."""
        best: dict[int, float] = {}
        for word, quality in meant.items():
            saying = self._saying[word]
            rarity = log(1 + len(self.notices) / len(saying))
            for number, worth in saying.items():
                best[number] = max(best.get(number, 0.0), quality * rarity * worth)
        return best

    @cached_property
    def _pairs(self) -> dict[str, frozenset[str]]:
        return {
            word: frozenset(_pairs_of(word))
            for word in self._saying
            if len(word) >= TWICE_FORGIVEN_FROM - 2
        }

    def _resembling(self, word: str) -> list[str]:
        """List the words most like a long one that no single typo explains."""
        if not TWICE_FORGIVEN_FROM <= len(word) <= 40:
            return []
        asked = frozenset(_pairs_of(word))
        likeness = {
            known: 2 * len(asked & pairs) / (len(asked) + len(pairs))
            for known, pairs in self._pairs.items()
            if abs(len(known) - len(word)) <= 2
        }
        best = max(likeness.values(), default=0.0)
        return sorted(k for k, like in likeness.items() if like == best and best >= LIKENESS)


def _typed(text: str) -> dict[str, str]:
    """Map the words of a text, folded, to how they were typed."""
    typed: dict[str, str] = {}
    for part in text.split():
        words = folded(part).split()
        for word in words:
            typed.setdefault(word, part.strip(",;.:!?") if len(words) == 1 else word)
    return typed


def _pairs_of(word: str) -> Iterator[str]:
    edged = f" {word} "
    return (edged[place : place + 2] for place in range(len(edged) - 1))


def notice_of(need: Need) -> Notice:
    """Read what the board says of a need: nothing of its people, its money or its exchanges."""
    seats = [seat for seat in need.seats if seat.is_open]
    return Notice(
        need_id=need.id,
        hosts=_hosts(need),
        town=folded(need.town),
        seats=tuple(map(_open_seat, seats)),
        since=need.approved_at or need.created_at,
        until=need.candidates_until,
        worth=_worth(need, seats),
    )


def skill_key(label: str) -> str:
    """Return what tells a skill in a ministry's own words from others."""
    return f"={folded(label)}"


def _open_seat(seat: NeedSeat) -> OpenSeat:
    return OpenSeat(
        family=seat.family.code if seat.family else "",
        skills=frozenset(s.skill.code if s.skill else skill_key(s.label) for s in seat.skills),
        # As everywhere: a share that nobody says counts as full time.
        share_pct=100 if seat.share_pct is None else seat.share_pct,
        starts_on=seat.starts_on,
        remote_days=seat.remote_days or 0,
        town=folded(seat.town),
    )


def _hosts(need: Need) -> dict[str, HostName]:
    """Map the codes of the host and of those above it to their names."""
    if need.organisation is None:
        given = need.organisation_as_given.strip()
        return {folded(given).replace(" ", "-")[:120]: HostName(given)} if folded(given) else {}
    found: dict[str, HostName] = {}
    host: Organisation | None = need.organisation.standing
    while host is not None and host.code not in found:
        name = host.name_on(date.today())
        found[host.code] = HostName(name.label_fr, name.label_en)
        host = host.parent
    return found


def _worth(need: Need, seats: list[NeedSeat]) -> dict[str, float]:
    """Map each word that a need says to what it is worth there."""
    asked = [name for seat in seats for name in _asked(seat)]
    hosts = [name for host in _host_names(need) for name in host]
    worth: dict[str, float] = defaultdict(float)
    for value, texts in (
        (IN_TITLE, [need.title]),
        (IN_SEAT, [*asked, *need.themes]),
        (IN_HOST, hosts),
        (IN_SUMMARY, [need.summary]),
        (IN_HOST, [need.town, *(seat.town for seat in seats)]),
        (IN_FAMILY, [name for seat in seats for name in _family_names(seat)]),
        (IN_TEXT, [need.words, *(seat.mission for seat in seats)]),
    ):
        for word, amount in _worth_in(" / ".join(texts), value).items():
            worth[word] += amount
    return dict(worth)


@lru_cache(maxsize=16_384)
def _worth_in(text: str, value: float) -> dict[str, float]:
    """Map the words of a text to what they are worth: those of needs that did not change are kept."""
    return {word: value * (1 + log(n)) for word, n in Counter(folded(text).split()).items()}


def _asked(seat: NeedSeat) -> Iterator[str]:
    yield seat.title
    for asked in seat.skills:
        yield asked.label
        if asked.skill:
            yield from (asked.skill.label_fr, asked.skill.label_en, *asked.skill.aliases)


def _family_names(seat: NeedSeat) -> Iterator[str]:
    yield seat.family_as_given
    if seat.family:
        yield from (seat.family.label_fr, seat.family.label_en, *seat.family.aliases)


def _host_names(need: Need) -> Iterator[tuple[str, ...]]:
    if need.organisation is None:
        yield (need.organisation_as_given,)
        return
    host = need.organisation.standing
    name = host.name_on(date.today())
    yield (name.label_fr, name.label_en, name.short_label, *host.aliases)
