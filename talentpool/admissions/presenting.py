"""Applications as pages show them: the groups of a list, the next step of each, the steps of its person."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from talentpool.access import Viewer
from talentpool.admissions.comparing import Comparison
from talentpool.admissions.freezing import frozen
from talentpool.admissions.models import Application
from talentpool.admissions.progress import progress_by_application
from talentpool.admissions.promises import days_late, due_on, promised_days
from talentpool.admissions.queries import comparisons, names_for, places_on_waiting_list
from talentpool.admissions.sheets import Sheet, read_sheet
from talentpool.admissions.stages import ENDED, PENDING, Stage
from talentpool.evaluations.progress import Progress
from talentpool.i18n import _, translated
from talentpool.talents.step_table import EXPERIENCES

#: The steps that a person goes through, in their words; the last is the answer.
JOURNEY = (
    _("Écrire et déposer"),
    _("Lecture sans nom"),
    _("Entretien"),
    _("Réponse"),
)
_PLACES = {
    Stage.DRAFT: 1,
    Stage.SUBMITTED: 2,
    Stage.IN_REVIEW: 2,
    Stage.INTERVIEW: 3,
}
#: What an application may lack, in words, and the step of the profile on which it is written, if it is there.
PARTS = {
    "headline": (_("ce que vous faites, en une ligne"), "identite"),
    "families": (_("au moins une famille de métiers"), "identite"),
    "skills": (_("vos compétences"), "competences"),
    "experiences": (_("au moins une expérience"), EXPERIENCES),
    "text": (_("votre présentation"), "presentation"),
    "motivation": (_("votre motivation"), None),
    "enterprise": (_("ce que vous avez lancé ou transformé"), None),
}


@dataclass(frozen=True)
class Group:
    """Some stages that are read together."""

    code: str
    label: str
    stages: frozenset[Stage]
    #: Whether requests for another look are read with them.
    has_looks: bool = False

    @property
    def is_waiting_list(self) -> bool:
        """Whether it is read as a list with ranks."""
        return self.stages == {Stage.WAITING}


GROUPS = (
    Group("", _("En cours"), PENDING, has_looks=True),
    Group("a-confier", _("À confier"), frozenset({Stage.SUBMITTED})),
    Group("evaluation", _("En évaluation"), frozenset({Stage.IN_REVIEW})),
    Group("entretien", _("Entretien"), frozenset({Stage.INTERVIEW})),
    Group("attente", _("Liste d’attente"), frozenset({Stage.WAITING})),
    Group("closes", _("Closes"), ENDED),
)


@dataclass(frozen=True)
class Row:
    """One application as the agency reads it, and what it waits for."""

    application: Application
    name: str
    progress: Progress
    compared: Comparison | None
    days_waiting: int
    promised_on: date | None
    days_late: int
    next_step: str
    is_named: bool
    #: From 1 on the waiting list, None elsewhere.
    place: int | None


def group_named(code: str) -> Group:
    """Return the group that an address asks for, or what is under way."""
    return next((group for group in GROUPS if group.code == code), GROUPS[0])


def counted_groups(counts: Counter[Stage], looks: int) -> list[tuple[Group, int]]:
    """Pair each group with how many applications stand there."""
    return [
        (group, sum(counts[stage] for stage in group.stages) + (looks if group.has_looks else 0))
        for group in GROUPS
    ]


def rows(viewer: Viewer, found: Sequence[Application], *, needed: int, today: date) -> list[Row]:
    """Tell of each application what the viewer may read, in few reads whatever their number."""
    names, days = names_for(viewer, found), promised_days()
    progress = progress_by_application(found, needed=needed)
    compared = comparisons(viewer, found)
    places = places_on_waiting_list()
    return [
        Row(
            application=one,
            name=names[one.id],
            progress=progress[one.id],
            compared=compared.get(one.id),
            days_waiting=(today - one.stage_since.date()).days,
            promised_on=due_on(one, days),
            days_late=days_late(one, days, today),
            next_step=next_step(one, progress[one.id], compared.get(one.id), today),
            is_named=names[one.id] != one.code,
            place=places.get(one.id),
        )
        for one in found
    ]


def next_step(
    application: Application, progress: Progress, compared: Comparison | None, today: date
) -> str:
    """Say what an application waits for, marked for translation."""
    if application.is_restricted:
        return _("Rien, tant que la personne limite l’usage de ses données")
    if application.awaits_look:
        return _("Répondre à la demande de réexamen")
    if application.stage is Stage.SUBMITTED:
        return _("Confier les évaluations")
    if application.stage is Stage.IN_REVIEW:
        return _in_review(application, progress, compared, today)
    if application.stage is Stage.INTERVIEW:
        interview = application.interview
        if interview is None or interview.meets_on > today:
            return _("Tenir l’entretien")
        return _("Décider") if interview.held_on else _("Noter ce que le jury retient")
    if application.stage is Stage.WAITING:
        if application.is_place_over_on(today):
            return _("Décider : le jour jusqu’auquel sa place était gardée est passé")
        return _("Admettre quand une place se libère")
    return _("Rien à faire")


def _in_review(
    application: Application, progress: Progress, compared: Comparison | None, today: date
) -> str:
    if progress.vacant:
        return _("Confier les évaluations qui manquent")
    if not progress.are_all_in:
        return (
            _("Relancer qui est en retard")
            if progress.late_on(today)
            else _("Attendre les évaluations")
        )
    if application.opened_at is None:
        return _("Ne plus attendre qui ne peut plus répondre")
    if compared and compared.wide:
        return _("Parler des écarts, puis inviter ou répondre")
    return _("Inviter à un entretien, ou répondre")


def lacking_parts(parts: Collection[str]) -> list[tuple[str, str]]:
    """Pair each missing part, in words, with the page to write it on."""
    chosen = (PARTS[part] for part in parts)
    return [(translated(words), _address(step)) for words, step in chosen]


def _address(step: str | None) -> str:
    return url_for("talents.own_step", step=step) if step else url_for("admissions.own_write")


def place_of(application: Application | None) -> int:
    """Return which step of the journey an application is at."""
    if application is None:
        return 1
    return _PLACES.get(application.stage, len(JOURNEY))


def sheet_to_come(application: Application) -> Sheet:
    """Return what would be frozen now: shown before somebody hands it in."""
    return read_sheet(frozen(application))
