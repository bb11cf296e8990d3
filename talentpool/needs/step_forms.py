"""The shape of each step of a need as people type it, with the lengths that calls for projects allow."""

from datetime import date
from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    FieldList,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.validators import DataRequired, Email, Length, NumberRange, Optional, ValidationError

from talentpool.i18n import _
from talentpool.needs.models import ContactRole, Need
from talentpool.needs.services import Contact, NeedContent, Teammate, content_of
from talentpool.needs.step_base import StepForm, words
from talentpool.organisations.queries import organisation_choices
from talentpool.web.fields import DateField, LinesField, OptionalIntegerField, choices
from talentpool.web.forms import REQUIRED, Form

BLANK_ROWS = 2


class _NamedNeed(Form):
    """What a need is found again by: its host, its name, one sentence."""

    organisation = SelectField(_("Administration porteuse"), coerce=int, choices=[])
    title = StringField(
        _("Nom du besoin"),
        [DataRequired(REQUIRED), Length(max=200)],
        description=_("Court et parlant : il figure dans toutes les listes."),
    )
    summary = words(
        _("En une phrase"),
        _("Ce que le projet change, et pour qui. 2 lignes, soit 200 caractères au plus."),
        lines=2,
        needed=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation.choices = host_choices()


class ProblemForm(_NamedNeed, StepForm):
    """The problem, for somebody who has never heard of it."""

    text = words(
        _("Le problème et son contexte"),
        _(
            "Ce qui se passe aujourd’hui, pour quelqu’un de l’extérieur, et ce que cela coûte. "
            "25 lignes, soit 2 500 caractères au plus."
        ),
        lines=25,
        needed=True,
    )
    themes = LinesField(_("Thèmes"), description=_("Un par ligne, par exemple : santé, justice."))
    town = StringField(_("Ville"), [Length(max=120)])

    def said(self, saved: NeedContent) -> dict[str, Any]:
        """Return the typed answers; the view reads the organisation that was chosen."""
        said = super().said(saved)
        said.pop("organisation", None)
        return said


class BeneficiariesForm(StepForm):
    """For whom."""

    beneficiaries = words(
        _("Les bénéficiaires"),
        _("Qui, combien, et ce qu’ils y gagnent. 5 lignes, soit 500 caractères au plus."),
        lines=5,
    )


class SolutionForm(StepForm):
    """What might help."""

    solution = words(
        _("La piste de solution"),
        _(
            "Une hypothèse suffit : ce que vous imaginez, ce que vous avez écarté, où vous en êtes. "
            "15 lignes, soit 1 500 caractères au plus."
        ),
        lines=15,
    )


class DataForm(StepForm):
    """What must be open on the first day."""

    data_access = words(
        _("Les données et les accès"),
        _(
            "Ce qu’il faut, ce qui est déjà accessible, et comment le reste le sera avant l’arrivée. "
            "10 lignes, soit 1 000 caractères au plus."
        ),
        lines=10,
    )


class RisksForm(StepForm):
    """What may go wrong."""

    risks = words(
        _("Les risques"),
        _(
            "Obstacles techniques, d’organisation, de droit, et ce que vous ferez. "
            "10 lignes, soit 1 000 caractères au plus."
        ),
        lines=10,
    )


class ValueForm(StepForm):
    """What twelve months must bring."""

    value = words(
        _("La valeur attendue et les objectifs à douze mois"),
        _(
            "À quoi vous verrez que c’est réussi, en chiffres si possible. "
            "10 lignes, soit 1 000 caractères au plus."
        ),
        lines=10,
    )


class Part(Form):
    """A row of a step: it carries no token of its own."""

    class Meta(Form.Meta):
        """The step's own token serves."""

        csrf = False


class TeamRow(Part):
    """Somebody of the host team."""

    name = StringField(_("Nom"), [Length(max=200)])
    function = StringField(_("Fonction"), [Length(max=200)])
    time_pct = OptionalIntegerField(
        _("Part de son temps (en %)"),
        [Optional(), NumberRange(0, 100, _("Indiquez une part entre 0 et 100."))],
    )
    contribution = StringField(_("Ce que cette personne apporte"), [Length(max=500)])

    def validate_name(self, field: Any) -> None:
        """Ask who it is as soon as something is said of them."""
        others = (self.function.data, self.contribution.data, self.time_pct.data is not None)
        if not field.data and any(others):
            raise ValidationError(_("Indiquez le nom, ou videz la ligne."))


class TeamForm(StepForm):
    """Who will work with those who come."""

    team = FieldList(FormField(TeamRow), _("L’équipe d’accueil"), max_entries=30)

    def said(self, saved: NeedContent) -> dict[str, Any]:
        """Return the rows in which somebody is named."""
        if "team" in self.theirs:
            return {}
        return {"team": [Teammate(**row) for row in self.team.data if row["name"]]}

    def offer_rows(self, *, more: bool = False) -> None:
        """Show two empty rows at least, and two more when asked."""
        blank = sum(1 for row in self.team.data if not row["name"])
        wanted = BLANK_ROWS if more else max(0, BLANK_ROWS - blank)
        for _number in range(min(wanted, 30 - len(self.team))):
            self.team.append_entry()


class ContactRow(Part):
    """Whom to write to."""

    name = StringField(_("Nom"), [Length(max=200)])
    function = StringField(_("Fonction"), [Length(max=200)])
    email = EmailField(
        _("Adresse électronique"),
        [
            Optional(),
            Length(max=254),
            Email(_("Indiquez une adresse électronique, par exemple prenom.nom@exemple.fr.")),
        ],
    )
    phone = StringField(_("Téléphone"), [Length(max=40)])

    def validate_name(self, field: Any) -> None:
        """Ask who it is as soon as there is an address."""
        if not field.data and any((self.function.data, self.email.data, self.phone.data)):
            raise ValidationError(_("Indiquez le nom, ou videz les autres réponses."))


class ContactsForm(StepForm):
    """The four people whom the agency may need."""

    sponsor = FormField(ContactRow, ContactRole.SPONSOR.label)
    project_holder = FormField(ContactRow, ContactRole.PROJECT_HOLDER.label)
    hr = FormField(ContactRow, ContactRole.HR.label)
    finance = FormField(ContactRow, ContactRole.FINANCE.label)

    def said(self, saved: NeedContent) -> dict[str, Any]:
        """Return the contacts that have a name, one for each role at most."""
        stored = {contact.role: contact for contact in saved.contacts}
        typed = {role: Contact(role, **self[role.value].data) for role in ContactRole}
        chosen = {
            role: stored.get(role) if role.value in self.theirs else contact
            for role, contact in typed.items()
        }
        order = [*stored, *(role for role in ContactRole if role not in stored)]
        found = (chosen[role] for role in order)
        return {"contacts": [contact for contact in found if contact and contact.name]}


class MoneyForm(StepForm):
    """What it costs, who pays, and what the ministry vouches for."""

    co_funding = RadioField(
        _("Votre administration participe-t-elle au financement ?"),
        [Optional()],
        coerce=str,
        choices=choices([("yes", _("Oui")), ("no", _("Non"))]),
    )
    budget_programme = StringField(
        _("Programme budgétaire"),
        [Length(max=120)],
        description=_("Son numéro suffit, par exemple 129."),
    )
    employer_cost = OptionalIntegerField(
        _("Coût employeur total (en euros)"),
        [Optional(), NumberRange(0, 100_000_000, _("Indiquez un montant en euros."))],
        description=_(
            "Pour tous les postes et toute la durée ; vos ressources humaines le simulent."
        ),
    )
    allows_off_site_work = BooleanField(
        _("Les personnes accueillies pourront travailler hors de nos locaux.")
    )
    has_lawful_data = BooleanField(
        _("Les données seront fournies, et leur usage sera conforme au droit.")
    )
    is_open_by_default = BooleanField(
        _("Les données et le code seront ouverts par défaut, sous licence libre.")
    )

    def said(self, saved: NeedContent) -> dict[str, Any]:
        """Return the answers, a yes or a no as such."""
        said = super().said(saved)
        if "co_funding" in said:
            said["co_funding"] = {"yes": True, "no": False}.get(said["co_funding"] or "")
        return said


class ExitForm(StepForm):
    """What follows the mission."""

    exit_plan = words(
        _("Le plan de sortie"),
        _(
            "Qui garde le produit, avec quel budget, et ce que deviennent les personnes. "
            "10 lignes, soit 1 000 caractères au plus. L’agence ne retient pas un besoin sans lui."
        ),
        lines=10,
    )


class PublicationForm(StepForm):
    """Who may read the need once it is approved."""

    is_public = BooleanField(
        _("Montrer ce besoin à tous une fois retenu"),
        description=_("Ni les contacts, ni l’équipe, ni l’argent ne sont montrés."),
    )
    candidates_until = DateField(
        _("Dernier jour pour se manifester"),
        [Optional()],
        description=_("Après ce jour, les questions et les candidatures ne sont plus prises."),
    )

    def validate_candidates_until(self, field: DateField) -> None:
        """Refuse a day that is over, unless it is the stored one."""
        if field.data and field.data < date.today() and field.data != field.object_data:
            raise ValidationError(_("Ce jour est passé : choisissez une date à venir."))


class FirstForm(_NamedNeed):
    """The first words of a need: enough to find it again."""

    #: What makes two posts of one page the same need.
    key = HiddenField(validators=[Length(max=64)])
    is_draft = False


def host_choices() -> list[Any]:
    """List the organisations that may carry a need, none of them first."""
    return choices([(0, _("Non précisée")), *organisation_choices()])


def filled_step(
    form: type[StepForm], need: Need, *, is_staff: bool, formdata: Any = None
) -> StepForm:
    """Open a step on a stored need, or on what was just typed over it."""
    content = content_of(need)
    data = {
        **vars(content),
        "organisation": need.organisation_id or 0,
        "team": [vars(member) for member in content.team],
        "co_funding": {True: "yes", False: "no", None: ""}[content.co_funding],
        **{
            contact.role.value: {
                name: value for name, value in vars(contact).items() if name != "role"
            }
            for contact in content.contacts
        },
    }
    opened = form(data=data, **({} if formdata is not None else {"formdata": None}))
    if not is_staff and "organisation" in opened:
        del opened.organisation
    opened.is_draft = not need.is_submitted
    if formdata is None:
        opened.version.data = opened.fingerprint
    else:
        opened.theirs = frozenset(
            name.removeprefix("keep-")
            for name, choice in formdata.items()
            if name.startswith("keep-") and choice == "saved"
        )
    return opened
