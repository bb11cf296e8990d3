"""The ranker: a pool learnt once, then ranked for one posting at a time."""

from __future__ import annotations

import inspect
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Self

import numpy as np

from matching._analysis import Mentions, pool_of, reader_of
from matching._criteria import answers, is_missed, modes, shown_skills
from matching._index import Entries, Scale, index_of
from matching._reasons import AskedTerms, Wanted, missing_of, reasons_of
from matching._skills import Referential
from matching._terms import Term, label_terms, terms
from matching._types import Criterion, Mode, Posting, Profile, Ranking, Reason, Suggestion


class NotFitted(RuntimeError):
    """The ranker was asked to rank before it learnt a pool."""


class Place(NamedTuple):
    """One profile's place: its row in the fitted pool, its score, its answers to criteria.

    ``costs`` are what each soft criterion that it misses takes off what its words ``earned``.
    """

    row: int
    score: float
    earned: float
    criteria: tuple[Criterion, ...]
    apart_for: tuple[str, ...]
    costs: tuple[tuple[str, float], ...]


class Ranker:
    """Ranks profiles for a posting by the weighted terms that they share.

    The parameters are weights, the defaults of which held against random draws around them in a
    cross-validation on public judgements (``docs/algorithm.md``):

    - ``headline``, ``held_skills``, ``experience``, ``text``: what a mention is worth in each field
      of a profile; a term takes the best of its fields, times 1 + ln of its mentions.
    - ``title``, ``summary``, ``body``, ``themes``, ``asked_skills``, ``essential_skills``: what a
      mention adds in each field of a posting; a term takes ln(1 + their sum).
    - ``pairs``, ``concepts``: what a pair of words or a recognised skill weighs beside a word.
    - ``rarity``: the power that inverse document frequencies are raised to.
    - ``background``: what one background posting weighs beside one profile in those frequencies.
    - ``repeats``: mentions of one term in one profile beyond which nothing more is earned.
    - ``criteria``: what each of ``family``, ``dates``, ``share`` and ``skills`` does: ``"hard"`` lists
      whoever misses it apart, ``"soft"`` costs them points, ``"off"`` does not ask. All are hard but
      ``skills``, which is off.
    - ``soft_cost``: what each soft criterion that is missed takes off the score, down to nothing.
    - ``required_skills``: labels of asked skills that the criterion ``skills`` is about, by default
      those that the posting calls essential.
    - ``referential``: the skills to recognise, those of the package by default.

    A score depends on the profile, the pool, the posting and the package's own data, and on nothing
    else: not on other postings, nor on the order of the pool, nor on anybody's name.
    """

    def __init__(
        self,
        *,
        headline: float = 3.0,
        held_skills: float = 1.5,
        experience: float = 1.0,
        text: float = 0.8,
        title: float = 2.0,
        summary: float = 1.0,
        body: float = 0.5,
        themes: float = 2.0,
        asked_skills: float = 2.0,
        essential_skills: float = 3.0,
        pairs: float = 0.7,
        concepts: float = 0.7,
        rarity: float = 1.75,
        background: float = 1.0,
        repeats: int = 3,
        criteria: Mapping[str, str] | None = None,
        soft_cost: float = 0.1,
        required_skills: Iterable[str] | None = None,
        referential: Referential | None = None,
    ) -> None:
        self.headline = headline
        self.held_skills = held_skills
        self.experience = experience
        self.text = text
        self.title = title
        self.summary = summary
        self.body = body
        self.themes = themes
        self.asked_skills = asked_skills
        self.essential_skills = essential_skills
        self.pairs = pairs
        self.concepts = concepts
        self.rarity = rarity
        self.background = background
        self.repeats = repeats
        self.criteria = modes(criteria)
        self.soft_cost = soft_cost
        self.required_skills = None if required_skills is None else list(required_skills)
        self.referential = referential

    def get_params(self) -> dict[str, Any]:
        """Give the parameters by name, such that ``Ranker(**params)`` ranks alike."""
        return {name: getattr(self, name) for name in inspect.signature(type(self)).parameters}

    def fit(self, profiles: Iterable[Profile]) -> Self:
        """Learn a pool: its terms, how rare each is, and what each profile says.

        Learns ``profiles_`` (sorted by key), ``mentions_`` (what each says of its terms),
        ``index_`` and ``referential_``. What was read or weighed before in this process is found
        again by its content. Raises ``ValueError`` when two profiles share a key.
        """
        pool = tuple(sorted(profiles, key=lambda profile: profile.key))
        keys = Counter(profile.key for profile in pool)
        if twice := [key for key, count in keys.items() if count > 1]:
            raise ValueError(f"each profile has its own key; given twice: {', '.join(twice)}")
        self.referential_ = self.referential or Referential.default()
        reader = reader_of(self.referential_)
        analyses = tuple(reader.read(profile) for profile in pool)
        scale = Scale(
            fields=(self.headline, self.held_skills, self.experience, self.text),
            repeats=self.repeats,
            pair=self.pairs,
            concept=self.concepts,
            rarity=self.rarity,
            background=self.background,
        )
        self.index_ = index_of(pool_of(analyses, reader), scale)
        order = scale.order
        self.mentions_ = [Mentions(analysis, order) for analysis in analyses]
        self.profiles_ = pool
        return self

    def rank(self, posting: Posting, top: int | None = None, also: Collection[str] = ()) -> Ranking:
        """Rank the whole pool for a posting, with reasons.

        The order is score descending, then, of those whom soft criteria left with the same, what
        their words earned, then key ascending. Whoever misses a hard criterion comes after all
        others, apart. ``top`` keeps the first of the suggestions and the first of those
        apart, and whoever's key is ``also`` asked for, at the ranks they have in the whole; nobody
        else loses their rank.

        Raises ``NotFitted`` before ``fit``.
        """
        wanted, entries = self._ask(posting)
        places = self._places(posting, wanted, entries)
        # Entries come by term; one profile's are brought side by side, still in term order.
        by_row = np.argsort(entries.rows, kind="stable")
        bounds = np.searchsorted(entries.rows[by_row], np.arange(len(self.profiles_) + 1))

        def suggest(rank: int, place: Place) -> Suggestion:
            own = by_row[bounds[place.row] : bounds[place.row + 1]]
            mentions = self.mentions_[place.row]
            return Suggestion(
                key=self.profiles_[place.row].key,
                rank=rank,
                score=place.score,
                reasons=(
                    *reasons_of(wanted, mentions, entries.terms[own], entries.amounts[own]),
                    *(Reason("criterion", name, -cost, "", (), ()) for name, cost in place.costs),
                ),
                criteria=place.criteria,
                missing=missing_of(wanted, mentions),
                apart_for=place.apart_for,
            )

        ranked = list(enumerate(places, start=1))
        suggested = [one for one in ranked if not one[1].apart_for]
        apart = ranked[len(suggested) :]
        keys = frozenset(also)

        def kept(those: list[tuple[int, Place]]) -> list[tuple[int, Place]]:
            if top is None or not keys:
                return those[:top]
            rest = (one for one in those[top:] if self.profiles_[one[1].row].key in keys)
            return [*those[:top], *rest]

        return Ranking(
            suggestions=tuple(suggest(rank, place) for rank, place in kept(suggested)),
            apart=tuple(suggest(rank, place) for rank, place in kept(apart)),
            sizes=tuple(sorted(Counter(place.apart_for for place in places).items())),
        )

    def order(self, posting: Posting) -> list[tuple[str, float]]:
        """Give each profile's key and score in the order of ``rank``, without reasons."""
        wanted, entries = self._ask(posting)
        places = self._places(posting, wanted, entries)
        return [(self.profiles_[place.row].key, place.score) for place in places]

    def _ask(self, posting: Posting) -> tuple[Wanted, Entries]:
        if not hasattr(self, "index_"):
            raise NotFitted("fit the ranker on a pool of profiles before ranking")
        strengths: defaultdict[str, float] = defaultdict(float)
        found: dict[str, list[Term]] = {}
        for weight, listed in self._posting_fields(posting):
            for term in listed:
                strengths[term.value] += weight
                found.setdefault(term.value, []).append(term)
        known, weights, length = self.index_.question(
            {value: math.log1p(strength) for value, strength in strengths.items() if strength > 0}
        )
        wanted = Wanted.of(posting, known, weights, length, found, self.referential_, self.index_)
        return wanted, self.index_.entries(known, weights)

    def _places(self, posting: Posting, wanted: Wanted, entries: Entries) -> list[Place]:
        scores = np.bincount(entries.rows, entries.amounts, minlength=len(self.profiles_))
        required = self._required(posting, wanted)
        # Most of a pool says the same few things of its dates and families: each is answered once.
        answered: dict[tuple[object, ...], tuple[Criterion, ...]] = {}
        places = []
        for row, (profile, earned) in enumerate(zip(self.profiles_, scores.tolist(), strict=True)):
            mentions = self.mentions_[row]
            shown = tuple(skill.missing.label for skill in required if skill.is_shown_by(mentions))
            facts = (
                profile.families,
                profile.available_from,
                profile.share_pct,
                profile.is_time_proven,
                shown,
            )
            if facts not in answered:
                answered[facts] = self._answers(profile, posting, required, shown)
            places.append(self._place(row, earned, answered[facts]))
        # The sort is stable and rows follow keys, so ties stay in order of key.
        return sorted(places, key=lambda one: (bool(one.apart_for), -one.score, -one.earned))

    def _required(self, posting: Posting, wanted: Wanted) -> list[AskedTerms]:
        """List the skills that the criterion ``skills`` is about, as far as the posting asks them."""
        if self.criteria["skills"] == Mode.OFF:
            return []
        chosen = self.required_skills
        return [
            skill
            for skill in wanted.skills
            # A label without a word that counts could be shown by nobody.
            if (skill.concept or skill.words)
            and (skill.missing.must if chosen is None else skill.missing.label in chosen)
        ]

    def _answers(
        self,
        profile: Profile,
        posting: Posting,
        required: Sequence[AskedTerms],
        shown: Sequence[str],
    ) -> tuple[Criterion, ...]:
        given = answers(profile, posting)
        if required:
            given += (shown_skills((skill.missing.label for skill in required), shown),)
        return tuple(one for one in given if self.criteria[one.name] != Mode.OFF)

    def _place(self, row: int, earned: float, given: tuple[Criterion, ...]) -> Place:
        missed = [one.name for one in given if is_missed(one)]
        score, costs = earned, []
        for name in missed:
            # Nobody falls below nothing: a score is what is left, and its parts add up to it.
            cost = min(self.soft_cost, score) if self.criteria[name] == Mode.SOFT else 0.0
            if cost > 0:
                score -= cost
                costs.append((name, cost))
        apart_for = tuple(name for name in missed if self.criteria[name] == Mode.HARD)
        return Place(row, score, earned, given, apart_for, tuple(costs))

    def _posting_fields(self, posting: Posting) -> Iterable[tuple[float, tuple[Term, ...]]]:
        weighted: list[tuple[float, str]] = [
            (self.title, posting.title),
            (self.summary, posting.summary),
        ]
        weighted += [(self.body, posting.text), *((self.themes, one) for one in posting.themes)]
        for weight, text in weighted:
            yield weight, terms(text, self.referential_)
        for skill in posting.skills:
            of_skill = self.essential_skills if skill.must else self.asked_skills
            yield of_skill, label_terms(skill.label, skill.code, self.referential_)
