"""Names and towns: those that are known of a person, and those that a text introduces as such."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from talentpool.anonymity.kinds import Found, Kind
from talentpool.anonymity.lists import words_of
from talentpool.anonymity.writing import Reading, read

_WORD = re.compile(r"[^\W_]+")
#: Parts of names that stand in every text; they are masked between two other parts only.
_PARTICLES = words_of("""
    al ben bel bin d da das de del della den der di do dos du el et l la le les mac o of saint san st
    ste the van von y
""")
#: Parts of names that are words too: they count with a capital, inside a sentence or beside another part.
_ORDINARY = words_of("""
    avril beau blanc blanche bleu bois bon bonne brun chef clair claire constant cour court fleur fort
    france gentil grand grande gros jardin jour juillet juin juste lac long louis mai maison marchand
    marin mars martin mer mont noir page paris parfait pascal petit petite pierre place plume point pont
    port prudent ray rose roy rue simple soleil sage tout vert vidal ville villa art code ruby perl java
    julia ada go will may mark art grace hope joy r c
""")
_CIVILITY = re.compile(
    r"(?<![\w.'-])(?:M\.|MM\.|Mr\.?|Mme\.?|Mlle\.?|Monsieur|Madame|Mademoiselle"
    r"|Mrs\.?|Ms\.?|Miss|Me|Dr\.?|Pr\.?|Docteur|Professeur) "
    r"(?:(?:de |d'|du |le |la |Le |La |De |Du )?[A-Z][\w'-]{1,30}\.?(?: (?=[A-Z]|d[eu'])|\b)){1,4}"
)
_INTRODUCED = re.compile(
    r"(?<![\w'-])(?:[Jj]e m'appelle|[Mm]oi,? c'est|[Mm]on nom est|[Mm]on prenom est"
    r"|[Mm]y name is|[Ss]ous le nom(?: de)?|[Pp]renom ?:"
    r"|[Nn]om ?:|[Nn]om et prenom ?:|[Ss]igne ?:|[Oo]n m'appelle|[Ff]riends call me|[Dd]it|[Dd]emandez) "
    r"(?P<it>(?:[A-Z]\. ?){0,3}[A-Z][\w'-]{1,30}(?: (?:de |du |d'|le |la )?[A-Z][\w'-]{1,30}){0,3})"
)
_INITIAL_BEFORE = re.compile(r"(?:[A-Z]\.?[ -]?){0,2}[A-Z]\. ?$")
_INITIAL_AFTER = re.compile(r" ([A-Z])\.(?!\w)")


def _words(text: str) -> list[str]:
    return [match[0].casefold() for match in _WORD.finditer(read(text).plain)]


@dataclass(frozen=True)
class Known:
    """What is known of a person: the parts of their names, the words of each of their towns and employers."""

    parts: frozenset[str]
    particles: frozenset[str]
    towns: tuple[tuple[str, ...], ...]
    employers: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def of(
        cls, names: Iterable[str], towns: Iterable[str], employers: Iterable[str] = ()
    ) -> "Known":
        """Gather what is known from names, towns and employers as people write them."""
        parts: set[str] = set()
        particles: set[str] = set()
        for name in names:
            words = _words(name)
            particles |= _PARTICLES.intersection(words) | {word for word in words if len(word) < 3}
            parts.update(word for word in words if word not in particles)
            # « N'Diaye » is written « Ndiaye » too, « Le Quellec » « Lequellec », « Anne-Lise » « Anneliese ».
            parts.update(a + b for a, b in pairwise(words))
            if len(words) == 1:
                parts.update(words)
        return cls(frozenset(parts), frozenset(particles), _places(towns), _places(employers))


def _places(names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    found = {tuple(_words(name)) for name in names}
    return tuple(sorted(words for words in found if words and len("".join(words)) > 1))


def find(reading: Reading, known: Known) -> Iterator[Found]:
    """Find known names and towns, and whoever a text calls by their name."""
    plain = reading.plain
    for match in _CIVILITY.finditer(plain):
        yield Found(*match.span(), Kind.NAME)
    for match in _INTRODUCED.finditer(plain):
        yield Found(*match.span("it"), Kind.NAME)
    if known.parts or known.towns or known.employers:
        words = list(_WORD.finditer(plain))
        folded = [match[0].casefold() for match in words]
        yield from _names(plain, words, folded, known)
        for start, end, is_capital in _told(words, folded, known.towns):
            if is_capital:
                yield Found(start, end, Kind.TOWN)
        for start, end, _is_capital in _told(words, folded, known.employers):
            yield Found(start, end, Kind.EMPLOYER)


def _names(
    plain: str, words: list[re.Match[str]], folded: list[str], known: Known
) -> Iterator[Found]:
    named = [_is_name(plain, word, fold, known) for word, fold in zip(words, folded, strict=True)]
    at = 0
    while at < len(words):
        if not named[at]:
            at += 1
            continue
        last = at
        while (further := _joined(plain, words, folded, named, last, known)) is not None:
            last = further
        start, end = words[at].start(), words[last].end()
        while at and folded[at - 1] in known.particles and _touch(plain, words[at - 1], words[at]):
            at -= 1
            start = words[at].start()
        before = _INITIAL_BEFORE.search(plain, max(0, start - 12), start)
        after = _INITIAL_AFTER.match(plain, end)
        if before:
            start = before.start()
        if after and any(part.startswith(after[1].casefold()) for part in known.parts):
            end = after.end()
        # A one-letter particle ends a name: « Guivarc'h ».
        if (
            last + 1 < len(words)
            and folded[last + 1] in known.particles
            and plain[end : end + 1] == "'"
        ):
            end = words[last + 1].end()
        yield Found(start, end, Kind.NAME)
        at = last + 1


def _is_name(plain: str, word: re.Match[str], fold: str, known: Known) -> bool:
    if fold not in known.parts:
        return False
    if fold not in _ORDINARY:
        return True
    before = plain[max(0, word.start() - 2) : word.start()]
    return word[0][0].isupper() and before[:1] not in {".", "!", "?", ":", ""}


def _touch(plain: str, first: re.Match[str], second: re.Match[str]) -> bool:
    return plain[first.end() : second.start()] in {" ", "-", "'"}


def _joined(
    plain: str,
    words: list[re.Match[str]],
    folded: list[str],
    named: list[bool],
    last: int,
    known: Known,
) -> int | None:
    """Return the next part of the same name, past its particles, if there is one."""
    for further in range(last + 1, min(last + 4, len(words))):
        if not _touch(plain, words[further - 1], words[further]):
            return None
        if named[further] or (folded[further] in known.parts and words[further][0][0].isupper()):
            return further
        if folded[further] not in known.particles:
            return None
    return None


def _told(
    words: list[re.Match[str]], folded: list[str], places: tuple[tuple[str, ...], ...]
) -> Iterator[tuple[int, int, bool]]:
    """Yield where a text says one of the places, and whether it gives it a capital."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for place in places:
        by_first.setdefault(place[0], []).append(place)
    for at, fold in enumerate(folded):
        for place in by_first.get(fold, ()):
            if tuple(folded[at : at + len(place)]) == place:
                last = words[at + len(place) - 1]
                yield words[at].start(), last.end(), words[at][0][0].isupper()
