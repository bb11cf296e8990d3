"""Finding people by any of their words: accents, case and order indifferent, one typo forgiven."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, false, func, or_, select

from talentpool.db import db
from talentpool.naming import Words, indexed, may_begin, words_to_find
from talentpool.skills.models import Skill
from talentpool.talents.models import PoolStatus, Talent, TalentSkill


@dataclass(frozen=True)
class Search:
    """What a search means: all its conditions hold; `corrected` are words read as others."""

    conditions: list[ColumnElement[bool]] = field(default_factory=list)
    corrected: dict[str, list[str]] = field(default_factory=dict)


def understood(search: str) -> Search:
    """Return what somebody searches for, or a condition that nobody meets when it has no word."""
    if code := re.fullmatch(r"t-([0-9]{1,9})", search.strip().casefold()):
        merged = select(Talent.merged_into_id).where(Talent.id == int(code[1]))
        return Search([or_(Talent.id == int(code[1]), Talent.id.in_(merged))])
    words = list(dict.fromkeys(words_to_find(search)))
    if not words:
        return Search([false()])
    lexicon = _lexicon(*_state())
    found = Search()
    for word in words:
        is_known, close = lexicon.knows(word), lexicon.close_to(word)
        meant = [word, *close] if is_known or not close else close
        if not is_known and close:
            found.corrected[word] = close
        found.conditions.append(_says(meant, lexicon))
    return found


def _says(words: list[str], lexicon: "Lexicon") -> ColumnElement[bool]:
    """Whether somebody says one of the words, or holds a skill that is also called so."""
    said = [
        Talent.words.contains(f" {word}{'' if may_begin(word) else ' '}", autoescape=True)
        for word in words
    ]
    skills = {number for word in words for number in lexicon.skills_called(word)}
    if skills:
        holders = select(TalentSkill.talent_id).where(TalentSkill.skill_id.in_(sorted(skills)))
        said.append(Talent.id.in_(holders))
    return or_(*said)


class Lexicon(Words):
    """Every word that the pool or the referential says."""

    def __init__(self, words: set[str], skills: dict[int, set[str]]) -> None:
        self._skills = skills
        super().__init__(words.union(*skills.values()))

    def skills_called(self, word: str) -> Iterator[int]:
        """Yield the numbers of the skills one of whose names has the word."""
        for number, names in self._skills.items():
            if word in names or (may_begin(word) and any(name.startswith(word) for name in names)):
                yield number


def _state() -> tuple[Any, ...]:
    """Return what changes whenever a profile or a skill does: the lexicon is read again then only."""
    people = db.session.execute(select(func.count(), func.max(Talent.edited_at))).one()
    skills = db.session.execute(
        select(func.count(), func.sum(Skill.version_id), func.max(Skill.created_at))
    ).one()
    return (str(db.session.get_bind().engine.url), *people, *skills)


def forget_lexicon() -> None:
    """Forget the words that profiles said, once somebody is erased."""
    _lexicon.cache_clear()


@lru_cache(maxsize=2)
def _lexicon(*state: Any) -> Lexicon:
    words: set[str] = set()
    # A candidate's name is no word that a search may suggest.
    known = select(Talent.words).where(Talent.pool_status != PoolStatus.CANDIDATE)
    for said in db.session.scalars(known):
        words.update(said.split())
    rows = db.session.execute(select(Skill.id, Skill.label_fr, Skill.label_en, Skill.aliases))
    skills = {
        row.id: set(indexed([row.label_fr, row.label_en, *row.aliases]).split()) for row in rows
    }
    return Lexicon(words, skills)
