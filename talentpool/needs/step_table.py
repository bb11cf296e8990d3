"""The steps of writing a need: the one table from which the list, the pages and the last check are made."""

from dataclasses import dataclass
from enum import StrEnum

from talentpool.i18n import _
from talentpool.needs.models import Need
from talentpool.needs.step_base import StepForm
from talentpool.needs.step_forms import (
    BeneficiariesForm,
    ContactsForm,
    DataForm,
    ExitForm,
    MoneyForm,
    ProblemForm,
    PublicationForm,
    RisksForm,
    SolutionForm,
    TeamForm,
    ValueForm,
)


class StepState(StrEnum):
    """How far a step is written."""

    TODO = "todo"
    BEGUN = "begun"
    DONE = "done"

    @property
    def label(self) -> str:
        """The state as people say it, marked for translation."""
        return STEP_STATE_LABELS[self]


STEP_STATE_LABELS = {
    StepState.TODO: _("À faire"),
    StepState.BEGUN: _("Commencé"),
    StepState.DONE: _("Fait"),
}


@dataclass(frozen=True)
class Step:
    """One step: its place in addresses, its words, its form, and what makes it done.

    `answers` are the attributes of the need that it fills; it is done when all of `complete` are there.
    Without a form, its pages are elsewhere.
    """

    code: str
    title: str
    intro: str
    form: type[StepForm] | None
    answers: tuple[str, ...]
    complete: tuple[str, ...]
    is_required: bool = False

    def state(self, need: Need) -> StepState:
        """Tell how far the step is written on a need."""
        if self.code == CONTACTS and 0 < len(need.contacts) < 4:
            return StepState.BEGUN
        if all(_is_said(need, name) for name in self.complete):
            return StepState.DONE
        begun = any(_is_said(need, name) for name in self.answers)
        return StepState.BEGUN if begun else StepState.TODO


def _is_said(need: Need, name: str) -> bool:
    value = getattr(need, name)
    return value is not None and value not in ("", [], False)


CONTACTS = "contacts"
SEATS = "postes"


def _text(code: str, title: str, intro: str, form: type[StepForm], name: str) -> Step:
    return Step(code, title, intro, form, (name,), (name,))


STEPS = (
    Step(
        "probleme",
        _("Le problème"),
        _("Écrivez pour quelqu’un qui ne connaît ni votre service, ni son vocabulaire."),
        ProblemForm,
        ("title", "summary", "text", "themes", "town"),
        ("title", "summary", "text"),
        is_required=True,
    ),
    _text(
        "beneficiaires",
        _("Les bénéficiaires"),
        _("Celles et ceux pour qui le problème sera résolu : usagers, agents, entreprises."),
        BeneficiariesForm,
        "beneficiaries",
    ),
    _text(
        "solution",
        _("La piste de solution"),
        _("Les personnes accueillies la mettront à l’épreuve : rien n’est arrêté ici."),
        SolutionForm,
        "solution",
    ),
    _text(
        "donnees",
        _("Les données et les accès"),
        _("Un accès qui tarde est la première cause de retard d’une mission."),
        DataForm,
        "data_access",
    ),
    _text(
        "risques",
        _("Les risques"),
        _("Les dire tôt n’enlève rien à votre besoin : cela aide à choisir qui viendra."),
        RisksForm,
        "risks",
    ),
    _text(
        "valeur",
        _("La valeur et les objectifs"),
        _("Dans un an, que pourrez-vous montrer ?"),
        ValueForm,
        "value",
    ),
    Step(
        SEATS,
        _("Les postes"),
        _("Un poste par personne cherchée : sa famille de métiers, ses compétences, ses dates."),
        None,
        ("seats",),
        ("seats",),
        is_required=True,
    ),
    Step(
        "equipe",
        _("L’équipe d’accueil"),
        _("Qui travaillera avec les personnes accueillies, métiers et informatique compris."),
        TeamForm,
        ("team",),
        ("team",),
    ),
    Step(
        CONTACTS,
        _("Les contacts"),
        _("Quatre rôles, que la même personne peut tenir. L’agence seule les lit, avec vous."),
        ContactsForm,
        ("contacts",),
        ("contacts",),
    ),
    Step(
        "argent",
        _("L’argent et les engagements"),
        _("Ce que vos services des finances et des ressources humaines savent déjà."),
        MoneyForm,
        (
            "co_funding",
            "budget_programme",
            "employer_cost",
            "allows_off_site_work",
            "has_lawful_data",
            "is_open_by_default",
        ),
        ("employer_cost", "allows_off_site_work", "has_lawful_data", "is_open_by_default"),
    ),
    _text(
        "sortie",
        _("Le plan de sortie"),
        _("Une mission finit : ce qu’elle laisse se prépare dès maintenant."),
        ExitForm,
        "exit_plan",
    ),
    Step(
        "publication",
        _("La publication"),
        _("Sans changement de votre part, tout le monde peut lire le besoin une fois retenu."),
        PublicationForm,
        ("is_public", "candidates_until"),
        (),
    ),
)

#: The step that says each thing without which a need is not submitted.
STEP_OF_LACKING = {"title": STEPS[0], "summary": STEPS[0], "text": STEPS[0]} | {
    step.answers[0]: step for step in STEPS if step.code in {SEATS, "sortie"}
}
LACKING_LABELS = {
    "title": _("Le nom du besoin"),
    "summary": _("Le besoin en une phrase"),
    "text": _("Le problème et son contexte"),
    "seats": _("Au moins un poste"),
    "exit_plan": _("Le plan de sortie"),
}


def step_named(code: str) -> Step | None:
    """Find a step by its code in an address."""
    return next((step for step in STEPS if step.code == code), None)


def step_after(step: Step) -> Step | None:
    """Return the next step; None after the last."""
    place = STEPS.index(step) + 1
    return STEPS[place] if place < len(STEPS) else None


def lacking_of(need: Need) -> list[tuple[str, Step]]:
    """List what must be said before the need is submitted, each with the step where it is said."""
    return [(LACKING_LABELS[name], STEP_OF_LACKING[name]) for name in need.lacking]
