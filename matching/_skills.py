"""The referential: one concept per skill, whatever the language or the habit that names it."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Self

from matching._forms import fold, term
from matching._lexicon import ORDINARY_WORDS
from matching._text import Word, original_offsets, visible, words

# « expérimenter » is no more a skill's name than « expérimentation », nor « communs » than « communication ».
_ORDINARY_TERMS = frozenset(term(word) for word in ORDINARY_WORDS)


@dataclass(frozen=True)
class Skill:
    """One concept: a code that never changes, two labels, and the other names people use."""

    code: str
    family: str
    label_fr: str
    label_en: str
    aliases: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of the concept, labels first."""
        return (self.label_fr, self.label_en, *self.aliases)


class Referential:
    """A list of skills that can be found by name, and recognised in a text.

    When two concepts claim one name, a label wins over an alias, then the first listed wins.

    Raises ``ValueError`` when two skills share a code.
    """

    def __init__(self, skills: Iterable[Skill]) -> None:
        self.concepts = tuple(skills)
        self._by_name: dict[str, Skill] = {}
        self._by_terms: dict[tuple[str, ...], Skill] = {}
        for skill in self.concepts:
            if _key(skill.code) in self._by_name:
                raise ValueError(f"two skills share the code {skill.code!r}")
            self._by_name[_key(skill.code)] = skill
        for skill in self.concepts:
            self._learn((skill.label_fr, skill.label_en), skill)
        for skill in self.concepts:
            self._learn(skill.aliases, skill)
        # How many words the longest name has, among those that start with a given one.
        self._longest: dict[str, int] = {}
        for terms in self._by_terms:
            self._longest[terms[0]] = max(len(terms), self._longest.get(terms[0], 0))

    @classmethod
    @cache
    def default(cls) -> Self:
        """Give the referential shipped with the package, read once."""
        with files("matching").joinpath("skills.csv").open(encoding="utf-8") as source:
            return cls(
                Skill(
                    row["code"],
                    row["family"],
                    row["label_fr"],
                    row["label_en"],
                    tuple(alias for alias in row["aliases"].split("|") if alias),
                )
                for row in csv.DictReader(source)
            )

    @cached_property
    def version(self) -> str:
        """Twelve hexadecimal digits that change with any code, family, label or alias."""
        content = json.dumps([astuple(skill) for skill in self.concepts], ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()[:12]

    @cached_property
    def labels(self) -> dict[str, str]:
        """Each code's French label."""
        return {skill.code: skill.label_fr for skill in self.concepts}

    def resolve(self, label: str) -> Skill | None:
        """Find the skill that a code, a label or an alias names, or ``None``.

        Capitals, accents, hyphens and spaces make no difference.
        """
        return self._by_name.get(_key(label))

    def recognise(self, text: str) -> list[tuple[Skill, int, int]]:
        """List the skills that a text names, in order, each with its start and end in the text.

        The longest name wins, and no two overlap. A name that is also an ordinary word (« Go »,
        « vision ») counts only when it is capitalised inside a sentence.
        """
        shown = visible(text)
        found = words(text)
        places = original_offsets(text)
        return [
            (skill, places[found[first].start], places[found[last].end - 1] + 1)
            for skill, first, last in self.spans(shown, found)
        ]

    def spans(self, shown: str, found: Sequence[Word]) -> Iterator[tuple[Skill, int, int]]:
        """Yield each skill named by a run of words, with its first and last word's position.

        ``found`` are the ``words`` of the text whose visible form is ``shown``.
        """
        position = 0
        while position < len(found):
            longest = self._longest.get(found[position].term, 0)
            for length in range(min(longest, len(found) - position), 0, -1):
                run = found[position : position + length]
                skill = self._by_terms.get(tuple(word.term for word in run))
                if skill is not None and (length > 1 or _is_a_name(shown, run[0])):
                    yield skill, position, position + length - 1
                    position += length
                    break
            else:
                position += 1

    def _learn(self, names: Iterable[str], skill: Skill) -> None:
        for name in names:
            self._by_name.setdefault(_key(name), skill)
            found = words(name)
            if found and not (len(found) == 1 and _is_cut_short(visible(name), found[0])):
                self._by_terms.setdefault(tuple(word.term for word in found), skill)


def _key(name: str) -> str:
    return re.sub(r"[\s\-‐-―_'’]+", "", fold(visible(name)))


def _is_cut_short(name: str, word: Word) -> bool:
    """Whether a name says more than the one word of it that counts, be it not a mere version.

    « A/B test » is known by its name, but a text that says « test » does not name it; one that says
    « Python » does name « Python 3 ».
    """
    rest = name[: word.start] + name[word.end :]
    return not re.fullmatch(r"[\s\W]*(?:\d{1,2}\+?)?[\s\W]*", rest)


def _is_a_name(shown: str, word: Word) -> bool:
    """Whether a lone word names its skill, rather than something else that is written alike."""
    surface = shown[word.start : word.end]
    if word.term not in _ORDINARY_TERMS:
        return True
    # « 20 Go » are gigabytes, and a sentence opens with a capital whatever its first word.
    after_a_number = shown[max(0, word.start - 2) : word.start].strip().isdigit()
    return surface[0].isupper() and not word.opens and not after_a_number
