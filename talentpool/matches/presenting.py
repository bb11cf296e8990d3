"""What the pages of a ranking show: parts that add up, criteria in words, texts with what earned points."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from markupsafe import Markup, escape

from matching import Answer, displayed_parts
from talentpool.anonymity.sheets import experience_for, masked_for
from talentpool.db import db
from talentpool.i18n import _, chosen_locale, date_in_figures, named
from talentpool.matches.models import MatchDecision, MatchResult, Verdict
from talentpool.skills.queries import skills
from talentpool.talents.models import ERASED_PERSON, Talent

SHOWN_PARTS = 5
FIELDS = {
    "headline": _("fonction"),
    "skills": _("compétences"),
    "experience": _("expériences"),
    "text": _("présentation"),
}
CRITERIA = {
    "family": _("Métier"),
    "dates": _("Dates"),
    "share": _("Part de temps"),
    "place": _("Lieu ou télétravail"),
    "status": _("Statut"),
    "clearance": _("Habilitation"),
    "languages": _("Langues"),
    "skills": _("Compétences demandées"),
    "seniority": _("Ancienneté"),
    "wishes": _("Thèmes souhaités"),
    "wished_skills": _("Compétences souhaitées"),
}
SKILLS = {"skills", "wished_skills"}
ANSWERS = {
    Answer.PROVEN: (_("prouvé"), "success"),
    Answer.CLAIMED: (_("déclaré"), "success"),
    Answer.UNKNOWN: (_("inconnu"), "info"),
    Answer.NO: (_("non"), "error"),
}
#: Of skills it is known whether the profile mentions them, at which level, and whether all were assessed.
SKILL_ANSWERS = {
    Answer.PROVEN: (_("prouvées"), "success"),
    Answer.CLAIMED: (_("mentionnées"), "success"),
    Answer.UNKNOWN: (_("non mentionnées"), "info"),
}
#: What answers on skills are called when some are there and some not, or not at the level asked.
PARTIAL_ANSWERS = {
    Answer.CLAIMED: (_("mentionnées, niveau en partie atteint"), "info"),
    Answer.UNKNOWN: (_("mentionnées en partie"), "info"),
}
#: Stands for a town that may not be read before the name is.
HIDDEN_TOWN = "•"


@dataclass(frozen=True)
class Part:
    """One part of a score in points out of a hundred; `start` is where its segment of the bar begins."""

    label: str
    kind: str
    points: Decimal
    start: Decimal
    fields: tuple[str, ...]
    profile_words: tuple[str, ...]
    posting_words: tuple[str, ...]


@dataclass(frozen=True)
class CriterionShown:
    """A criterion, its answer in a word, and the two facts compared."""

    name: str
    label: str
    answer: str
    kind: str
    is_unknown: bool
    is_no: bool
    asked: str | None
    held: str | None


@dataclass(frozen=True)
class SuggestionShown:
    """One row of a ranking, ready to be written."""

    result: MatchResult
    talent: Talent | None
    decision: MatchDecision | None
    score: Decimal
    #: The score if all that soft criteria leave unknown were false, and if it were true.
    low: Decimal
    high: Decimal
    #: What words earned, then what soft criteria added and took off.
    parts: list[Part]
    gains: list[Part]
    costs: list[Part]
    criteria: list[CriterionShown]
    missing_skills: list[dict[str, Any]]
    missing_terms: list[str]
    #: Whether somebody lifted the person's anonymity for this seat, though they are not shortlisted.
    is_lifted: bool = False

    @property
    def code(self) -> str:
        """What the person is called before anybody shortlists them."""
        return self.talent.code if self.talent else ""

    @property
    def headline(self) -> str:
        """What the person did when the ranking was made, masked while their name is not shown."""
        return self.readable(str(self.profile["headline"])) if self.profile else ""

    @property
    def profile(self) -> dict[str, Any] | None:
        """What the ranking read of the person; None once erased, or when they limited its use."""
        if self.talent is None or self.result.snapshot is None:
            return None
        return self.result.snapshot.profile

    @property
    def gone(self) -> str:
        """Why nobody is shown here, marked for translation: what was read of the erased is gone too."""
        if self.result.snapshot is not None:
            return _("traitement limité à la demande de la personne")
        return ERASED_PERSON

    @property
    def is_named(self) -> bool:
        """Whether the agency may read the person's name here."""
        return self.talent is not None and (self.is_shortlisted or self.is_lifted)

    @property
    def who(self) -> str:
        """What the person is called here: by name, or by a code."""
        return self.talent.label if self.talent and self.is_named else self.code

    def readable(self, text: str) -> str:
        """Return a text of the person's as it may be read here: masked while they are not named."""
        if self.talent is None or self.is_named:
            return text
        return masked_for(self.talent, text).text

    def readable_experience(self, line: str) -> str:
        """Return what the person did as it may be read here: without where, while they are not named."""
        if self.talent is None or self.is_named:
            return line
        return experience_for(self.talent, line)

    @property
    def earned(self) -> Decimal:
        """The points that words earned, before soft criteria count."""
        return sum((part.points for part in self.parts), Decimal(0))

    @property
    def gained(self) -> Decimal:
        """The points that words earned and soft criteria added, before others took some off."""
        return self.earned + sum((part.points for part in self.gains), Decimal(0))

    @property
    def every_part(self) -> list[Part]:
        """All that adds up to the score."""
        return [*self.parts, *self.gains, *self.costs]

    @property
    def is_uncertain(self) -> bool:
        """Whether what is unknown could change the score by a tenth of a point."""
        return self.low != self.high

    @property
    def is_shortlisted(self) -> bool:
        """Whether their name may be shown."""
        return self.decision is not None and self.decision.verdict is Verdict.SHORTLISTED

    @property
    def top_parts(self) -> list[Part]:
        """The heaviest parts."""
        return self.parts[:SHOWN_PARTS]

    @property
    def rest(self) -> Decimal:
        """The points of the parts that a row does not show."""
        return sum((part.points for part in self.parts[SHOWN_PARTS:]), Decimal(0))


def shown(
    result: MatchResult,
    talent: Talent | None,
    decision: MatchDecision | None,
    skill_names: Mapping[str, str],
    *,
    is_lifted: bool = False,
) -> SuggestionShown:
    """Prepare one result for its page.

    `skill_names` gives the name in the reader's language of skills that the run calls in French.
    """
    explanation = result.explanation
    parts = _parts(explanation["reasons"], skill_names)
    score = sum((part.points for part in parts), Decimal(0))
    row = SuggestionShown(
        result=result,
        talent=talent,
        decision=decision,
        score=score,
        # Explanations stored before ranges existed leave nothing unknown.
        low=points_of(explanation["low"]) if "low" in explanation else score,
        high=points_of(explanation["high"]) if "high" in explanation else score,
        parts=[part for part in parts if part.kind != "criterion"],
        gains=[part for part in parts if part.kind == "criterion" and part.points >= 0],
        costs=[part for part in parts if part.kind == "criterion" and part.points < 0],
        criteria=[],
        missing_skills=[
            m | {"label": skill_names.get(m["label"], m["label"])}
            for m in explanation["missing"]
            if m["kind"] == "skill"
        ],
        missing_terms=[m["label"] for m in explanation["missing"] if m["kind"] == "term"],
        is_lifted=is_lifted,
    )
    criteria = [_criterion(one, is_named=row.is_named) for one in explanation["criteria"]]
    return replace(row, criteria=criteria)


def points_of(amount: float) -> Decimal:
    """Give an amount in points of a hundred, to the tenth."""
    return (Decimal(amount) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _parts(reasons: list[dict[str, Any]], skill_names: Mapping[str, str]) -> list[Part]:
    """Gather reasons of one label into one part; rounded parts add up to the rounded score."""
    gathered: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for reason in reasons:
        gathered.setdefault((reason["kind"], label_of(reason)), []).append(reason)
    ordered = sorted(
        gathered.items(),
        # The bar draws words first, then what criteria add, then what they take off.
        key=lambda item: (
            item[0][0] == "criterion",
            -sum(r["amount"] for r in item[1]),
            item[0],
        ),
    )
    points = displayed_parts([sum(r["amount"] for r in group) for _key, group in ordered])
    parts, start = [], Decimal(0)
    for ((kind, label), group), amount in zip(ordered, points, strict=True):
        parts.append(
            Part(
                label=part_label(kind, label, skill_names),
                kind=kind,
                points=amount,
                start=start,
                fields=tuple(dict.fromkeys(r["field"] for r in group)),
                profile_words=_all_words(group, "profile_words"),
                posting_words=_all_words(group, "posting_words"),
            )
        )
        start += amount
    return parts


def label_of(reason: Mapping[str, Any]) -> str:
    """Call what earned points as the posting writes it: as a profile does, it could tell who wrote it."""
    is_term = reason["kind"] == "term" and reason["posting_words"]
    return str(reason["posting_words"][0] if is_term else reason["label"])


def part_label(kind: str, label: str, skill_names: Mapping[str, str]) -> str:
    """Name a part of a score in the reader's language, a criterion by words to translate."""
    if kind == "criterion":
        return CRITERIA.get(label, label)
    return skill_names.get(label, label) if kind == "skill" else label


def _all_words(group: list[dict[str, Any]], side: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for reason in group for word in reason[side]))


def _criterion(criterion: dict[str, Any], *, is_named: bool) -> CriterionShown:
    name, answer = criterion["name"], Answer(criterion["answer"])
    word, kind = answer_words(criterion)
    held = criterion["held"]
    return CriterionShown(
        name=name,
        label=CRITERIA.get(name, name),
        answer=word,
        kind=kind,
        is_unknown=answer is Answer.UNKNOWN,
        is_no=answer is Answer.NO,
        asked=criterion["asked"],
        held=held if is_named or name != "place" else without_town(held),
    )


def answer_words(criterion: Mapping[str, Any]) -> tuple[str, str]:
    """Name an answer, in words to translate, with the kind of its badge."""
    answer = Answer(criterion["answer"])
    if criterion["name"] not in SKILLS:
        return ANSWERS[answer]
    # Answers stored before degrees existed were all or nothing.
    is_partial = answer is Answer.CLAIMED and criterion.get("high", 1.0) < 1
    is_partial |= answer is Answer.UNKNOWN and criterion.get("low", 0.0) > 0
    return (PARTIAL_ANSWERS if is_partial else SKILL_ANSWERS)[answer]


def town_and_days(value: str) -> tuple[str, int | None]:
    """Read the fact of a place: a town, empty when none is said, and days of remote work."""
    town, _comma, days = value.rpartition(", ")
    if days.isdecimal():
        return town, int(days)
    return value, None


def without_town(value: str | None) -> str | None:
    """Leave the town out of the fact of a place."""
    town, days = town_and_days(value or "")
    if not town:
        return value
    return HIDDEN_TOWN if days is None else f"{HIDDEN_TOWN}, {days}"


def highlighted(text: str, words: set[str]) -> Markup:
    """Return a text with the words that earned points marked; everything else is escaped."""
    ordered = sorted((word for word in words if word.strip()), key=len, reverse=True)
    if not ordered:
        return escape(text)
    pattern = re.compile(
        r"(?<!\w)(" + "|".join(re.escape(word) for word in ordered) + r")(?!\w)", re.IGNORECASE
    )
    pieces, end = [], 0
    for found in pattern.finditer(text):
        pieces += [escape(text[end : found.start()]), Markup("<mark>"), escape(found[0])]
        pieces.append(Markup("</mark>"))
        end = found.end()
    return Markup("").join([*pieces, escape(text[end:])])


def iso_in_figures(day: str) -> str:
    """Write an ISO day as tables do."""
    return date_in_figures(date.fromisoformat(day))


def skill_names() -> dict[str, str]:
    """Map the French name of each skill to its name in the reader's language, when that is another."""
    if chosen_locale() == "fr":
        return {}
    return {skill.label_fr: named(skill) for skill in db.session.scalars(skills())}


def blind_headline(talent: Talent) -> str:
    """Write what somebody does, while their name is not shown."""
    return masked_for(talent, talent.headline).text


def words_of(parts: list[Part], side: str) -> set[str]:
    """Return the words of one side ("profile" or "posting") that earned points."""
    return {word for part in parts for word in getattr(part, f"{side}_words")}
