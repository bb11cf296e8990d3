"""The ranker: a pool learnt once, then ranked for one posting at a time."""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from matching._analysis import Reader, reader_of
from matching._asked import ASKED_FIELDS, MOST_POSTINGS, Asked, asked_of, strengths_of
from matching._columns import EVERY_GROUP, GROUPED_BY, Column, columns_of, grouped
from matching._criteria import modes
from matching._index import Index, Question, index_of
from matching._listing import Listing, Ranked
from matching._reasons import Wanted
from matching._rows import rows_of
from matching._saved import State, arrays_of, state_of
from matching._scale import Scale
from matching._skills import Referential
from matching._standing import Standing, required_of, standing, with_points
from matching._storage import UnreadableIndex, read, write
from matching._types import Posting, Profile, Ranking, Suggestion
from matching._version import version


class NotFitted(RuntimeError):
    """The ranker was asked to rank before it learnt a pool."""


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
    - ``criteria``: what each criterion does: ``"hard"`` lists whoever misses it apart, ``"soft"`` adds
      or takes off points, ``"off"`` does not ask. ``family``, ``dates`` and ``share`` are hard;
      ``place``, ``seniority`` and ``wishes`` are soft; ``status``, ``clearance``, ``languages``,
      ``skills`` and ``wished_skills`` are off.
    - ``soft_weight``: what each soft criterion adds when it is met and takes off, down to nothing,
      when it is missed; what is unknown does neither.
    - ``required_skills``: labels of asked skills that the criterion ``skills`` is about, by default
      those that the posting calls essential.
    - ``referential``: the skills to recognise, those of the package by default.

    A score depends on the profile, the pool, the posting and the package's own data, and on nothing
    else: not on other postings, nor on the order of the pool, nor on anybody's name.
    """

    keys_: list[str]
    index_: Index
    columns_: Mapping[str, Column]
    referential_: Referential
    _reader: Reader
    #: Each key's row.
    _rows: dict[str, int]
    #: Each row's place in the order of keys, until an update moves them.
    _places: NDArray[np.intp] | None
    #: The group in the index of each fact of the column ``GROUPED_BY``.
    _groups: NDArray[np.intp]
    #: What was asked of this pool as it is, by the posting's words and what they weigh.
    _questions: dict[tuple[Asked, tuple[float, ...]], tuple[Wanted, Question]]
    #: Whether other rankers of this process may have the same index and columns.
    _is_shared: bool

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
        soft_weight: float = 0.02,
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
        self.soft_weight = soft_weight
        self.required_skills = None if required_skills is None else list(required_skills)
        self.referential = referential

    def get_params(self) -> dict[str, Any]:
        """Give the parameters by name, such that ``Ranker(**params)`` ranks alike."""
        return {name: getattr(self, name) for name in inspect.signature(type(self)).parameters}

    def fit(self, profiles: Iterable[Profile]) -> Self:
        """Learn a pool: its terms, how rare each is, and what each profile says.

        Learns ``keys_`` (each row's), ``index_`` (what they say, weighed), ``columns_``
        (what criteria read of them) and ``referential_``. What was read or weighed before in this
        process is found again by its content. Raises ``ValueError`` when two profiles share a key.
        """
        pool = sorted(profiles, key=lambda profile: profile.key)
        keys = Counter(profile.key for profile in pool)
        if twice := [key for key, count in keys.items() if count > 1]:
            raise ValueError(f"each profile has its own key; given twice: {', '.join(twice)}")
        self.referential_ = self.referential or Referential.default()
        reader = reader_of(self.referential_)
        columns, order, sizes = grouped(columns_of(pool))
        pool = [pool[place] for place in order.tolist()]
        rows = rows_of(tuple(map(reader.read, pool)))
        index = index_of(rows, sizes, reader.vocabulary, self._scale())
        return self._learnt(State([one.key for one in pool], index, columns), reader)

    def update(self, profiles: Iterable[Profile] = (), gone: Iterable[str] = ()) -> Self:
        """Add profiles, those whose key is known replacing what it said, and forget those ``gone``.

        How rare terms are stays what it was when the pool was learnt, so the cost is that of the
        profiles given: ``drift`` tells how far that has moved, ``refit`` counts again. Raises
        ``KeyError``, and changes nothing, when nobody has a key that is gone.
        """
        self._check_is_fitted()
        leaving = set(gone)
        if unknown := [key for key in leaving if key not in self._rows]:
            raise KeyError(", ".join(sorted(unknown)))
        if self._is_shared:
            self.index_ = self.index_.copy()
            self.columns_ = {name: column.copy() for name, column in self.columns_.items()}
            self._is_shared = False
        self._questions = {}
        for key in leaving:
            self.index_.take(self._rows.pop(key))
            self._places = None
        for profile in profiles:
            self._put(profile)
        return self

    def _put(self, profile: Profile) -> None:
        analysis, row = self._reader.read(profile), self._rows.get(profile.key)
        if row is not None:
            is_of_group = self.columns_[GROUPED_BY].says(row, profile)
            if is_of_group and self.index_.analysis(row).says_as(analysis):
                # The same words: only criteria see a difference, and no weight moves.
                for column in self.columns_.values():
                    column.put(row, profile)
                return
            self.index_.take(row)
        self._rows[profile.key] = self.index_.add(analysis)
        for column in self.columns_.values():
            column.add(profile)
        self.keys_.append(profile.key)
        self._places = None

    def copy(self) -> Self:
        """Give a ranker that learnt the same, and that updates change alone."""
        self._check_is_fitted()
        self._is_shared = True
        copied = copy(self)
        copied.keys_, copied._rows = list(self.keys_), dict(self._rows)
        return copied

    def retuned(self, **parameters: Any) -> Self:
        """Give a ranker that learnt the same pool with other parameters, but for the referential.

        What is not given has its default, as in a new ranker.
        """
        given = type(self)(**parameters).get_params() | {"referential": self.referential}
        tuned = self.copy().refit()
        vars(tuned).update(given)
        rows, sizes = tuned.index_.rows, tuned.index_.sizes
        tuned.index_ = index_of(rows, sizes, self._reader.vocabulary, tuned._scale())
        tuned._questions = {}
        return tuned

    def refit(self) -> Self:
        """Count again how rare terms are; ranks then as a ranker fitted on the same profiles does."""
        self._check_is_fitted()
        if self._places is not None:
            return self
        keys, rows, sizes, columns = self._regrouped()
        kept = rows_of(tuple(self.index_.analysis(row) for row in rows))
        index = index_of(kept, sizes, self._reader.vocabulary, self._scale())
        return self._learnt(State(keys, index, columns), self._reader)

    def drift(self) -> float:
        """Tell by how much updates made the weight of any term differ from a fresh count's, at most.

        A ratio less one: 0.05 says that no weight is more than five hundredths off.
        """
        self._check_is_fitted()
        return self.index_.drift()

    def save(self, directory: Path) -> None:
        """Write what was learnt to a directory, replacing in one step what it held.

        Weights are saved as they are, not counted again. Profiles are there as the words that count:
        guard the directory as the pool itself.
        """
        self._check_is_fitted()
        state = State(self.keys_, self.index_, self.columns_)
        if self._places is None:
            keys, rows, sizes, columns = self._regrouped()
            state = State(keys, self.index_.settled(rows, sizes), columns)
        facts, arrays = arrays_of(state)
        parameters = self.get_params() | {"referential": self.referential_.version}
        write(directory, {"code": version(), "parameters": parameters, **facts}, arrays)

    @classmethod
    def open(cls, directory: Path, referential: Referential | None = None) -> Self:
        """Open what ``save`` wrote, mapped from its files: processes that open it share one copy.

        Raises ``UnreadableIndex`` when the directory holds no index, a broken one, or one that
        another version of this package or another referential made.
        """
        facts, arrays = read(directory)
        known = referential or Referential.default()
        parameters = dict(facts.get("parameters", {}))
        made = facts.get("code"), parameters.pop("referential", None)
        if made != (version(), known.version):
            raise UnreadableIndex(
                f"{directory} was made by ranking {made[0]} with referential {made[1]}; "
                f"here are {version()} and {known.version}"
            )
        ranker = cls(**parameters, referential=referential)
        ranker.referential_ = known
        state = state_of(facts, arrays, ranker._scale())
        return ranker._learnt(state, Reader(known, state.index.vocabulary))

    def rank(
        self,
        posting: Posting,
        top: int | None = None,
        also: Collection[str] = (),
        apart: int | None = None,
    ) -> Ranking:
        """Rank the whole pool for a posting, with reasons.

        The order is score descending, then, of those whom soft criteria left with the same, what
        their words earned, then key ascending. Whoever misses a hard criterion comes after all
        others, apart. ``top`` keeps the first of the suggestions and the first of those apart (as
        many, or else ``apart``), and whoever's key is ``also`` asked for, at the ranks they have in
        the whole; nobody else loses their rank.

        Raises ``NotFitted`` before ``fit``.
        """
        wanted, question = self._ask(posting)
        standing = self._standing(posting, wanted)
        listing = self._listing(question, standing)
        rows = {self._rows[key] for key in also if key in self._rows}
        listed = listing.first(top, rows)
        others = listing.first_apart(top if apart is None else apart, rows)
        return Ranking(
            suggestions=self._suggestions(listed, wanted, standing),
            apart=self._suggestions(others, wanted, standing),
            sizes=listing.sizes(),
        )

    def order(self, posting: Posting) -> list[tuple[str, float]]:
        """Give each profile's key and score in the order of ``rank``, without reasons."""
        wanted, question = self._ask(posting)
        listing = self._listing(question, self._standing(posting, wanted))
        return [
            (self.keys_[row], score)
            for ranked in (listing.first(None), listing.first_apart(None))
            for row, score in zip(ranked.rows.tolist(), ranked.scores.tolist(), strict=True)
        ]

    def _learnt(self, state: State, reader: Reader) -> Self:
        self.keys_, self.index_, self.columns_ = list(state.keys), state.index, state.columns
        self._reader = reader
        self._rows = {key: row for row, key in enumerate(self.keys_)}
        self._places = np.argsort(np.argsort(np.array(self.keys_, dtype=str)))
        self._groups = self.columns_[GROUPED_BY].groups()
        self._questions, self._is_shared = {}, True
        return self

    def _regrouped(
        self,
    ) -> tuple[list[str], list[int], tuple[int, ...], Mapping[str, Column]]:
        """Give the keys that are left and their rows in order, the groups' sizes, and the columns."""
        keys = sorted(self._rows)
        rows = np.array([self._rows[key] for key in keys], dtype=np.intp)
        taken = {name: column.taken(rows) for name, column in self.columns_.items()}
        columns, order, sizes = grouped(taken)
        return [keys[place] for place in order.tolist()], rows[order].tolist(), sizes, columns

    def _scale(self) -> Scale:
        return Scale(
            fields=(self.headline, self.held_skills, self.experience, self.text),
            repeats=self.repeats,
            pair=self.pairs,
            concept=self.concepts,
            rarity=self.rarity,
            background=self.background,
        )

    def _check_is_fitted(self) -> None:
        if not hasattr(self, "index_"):
            raise NotFitted("fit the ranker on a pool of profiles before ranking")

    def _ask(self, posting: Posting) -> tuple[Wanted, Question]:
        self._check_is_fitted()
        asked = asked_of(posting, self.referential_)
        weights = tuple([getattr(self, field) for field in ASKED_FIELDS])
        known = self._questions.get((asked, weights))
        if known is None:
            question = self.index_.question(asked.terms, strengths_of(asked, weights))
            known = Wanted(asked, question, self.referential_, self.index_), question
            if len(self._questions) >= MOST_POSTINGS:
                self._questions = {}
            self._questions[asked, weights] = known
        return known

    def _standing(self, posting: Posting, wanted: Wanted) -> Standing:
        required = required_of(posting, wanted.skills, self.criteria, self.required_skills)
        return standing(
            posting, self.columns_, required, self.index_, self.criteria, self.soft_weight
        )

    def _listing(self, question: Question, standing: Standing) -> Listing:
        missed = standing.missed.get(GROUPED_BY)
        groups: Sequence[int] = EVERY_GROUP
        if missed is not None:
            # Facts met since the index was built are those of rows that stand in no list.
            groups = sorted(set(self._groups[~missed[: len(self._groups)]].tolist()))
        return Listing(self.index_, question, standing, groups, self._keys_of)

    def _keys_of(self, rows: NDArray[np.intp]) -> NDArray[np.generic]:
        """Give what puts rows in the order of their keys."""
        if self._places is not None:
            return self._places[rows]
        return np.array([self.keys_[row] for row in rows.tolist()], dtype=str)

    def _suggestions(
        self, ranked: Ranked, wanted: Wanted, standing: Standing
    ) -> tuple[Suggestion, ...]:
        order, rows, earned = self.index_.scale.order, ranked.rows, ranked.earned
        told = zip(
            rows.tolist(),
            ranked.ranks,
            ranked.scores.tolist(),
            ranked.shared.of(ranked.places),
            standing.criteria(rows),
            standing.parts(rows, earned),
            standing.apart_for(rows),
            *standing.bounds(rows, earned, ranked.scores),
            strict=True,
        )
        suggestions = []
        for row, rank, score, (held, amounts), criteria, counted, apart_for, low, high in told:
            mentions = self.index_.analysis(row).mentions(order)
            reasons = wanted.reasons(mentions, held, amounts)
            suggestions.append(
                Suggestion(
                    self.keys_[row],
                    rank,
                    score,
                    with_points(reasons, counted) if counted else reasons,
                    criteria,
                    wanted.missing(held),
                    apart_for,
                    low,
                    high,
                )
            )
        return tuple(suggestions)
