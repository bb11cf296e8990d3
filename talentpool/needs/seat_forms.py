"""The shape of a seat as people type it."""

from dataclasses import replace
from typing import Any

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import (
    DataRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)

from talentpool.i18n import _, named
from talentpool.needs.models import (
    LONGEST_NEED_TEXT,
    NeedSeat,
    SeatStatus,
)
from talentpool.needs.seat_words import FAMILY_SENTENCES
from talentpool.needs.services import SeatContent, seat_content_of
from talentpool.skills.held import NamedSkill, SkillNames, notation, unless_untouched
from talentpool.skills.models import JobFamily
from talentpool.skills.rows import (
    AskedSkillRow,
    SkillRows,
    SkillRowsField,
    asked_rows,
    level_of,
)
from talentpool.talents.clearances import Clearance
from talentpool.talents.models import EmploymentStatus
from talentpool.web.fields import (
    DateField,
    LinesField,
    MultiCheckboxField,
    OptionalIntegerField,
    ShareField,
    choices,
)
from talentpool.web.forms import REQUIRED, EditForm

CLEARANCES = choices(
    ((level.value, level.label) for level in Clearance), empty=_("Aucune, ou je ne sais pas")
)
STATUSES = choices((status.value, status.label) for status in EmploymentStatus)
SEAT_STATUSES = choices((status.value, status.label) for status in SeatStatus)


class SeatForm(EditForm):
    """One seat of a need."""

    title = StringField(
        _("Intitulé du poste"),
        [DataRequired(REQUIRED), Length(max=200)],
        description=_("La fonction plutôt que le métier : « développement web et cartographie »."),
    )
    family = SelectField(
        _("Famille de métiers"),
        [Optional()],
        choices=[],
        description=_("Si vous hésitez, laissez « Je ne sais pas » : l’agence complétera."),
    )
    mission = TextAreaField(
        _("Ce que la personne fera"),
        [Optional(), Length(max=LONGEST_NEED_TEXT)],
        render_kw={"rows": 6},
    )
    skills = SkillRowsField(AskedSkillRow, max_entries=40)
    other_skills = LinesField(
        _("Autres compétences souhaitées"),
        max_length=120,
        description=_("Une par ligne, si la liste ne les propose pas."),
    )
    share_pct = ShareField(_("Part de temps plein (en %)"), [Optional()])
    starts_on = DateField(_("Début"), [Optional()])
    ends_on = DateField(_("Fin"), [Optional()])
    town = StringField(_("Ville"), [Optional(), Length(max=120)])
    remote_days = OptionalIntegerField(
        _("Jours de télétravail possibles par semaine"),
        [Optional(), NumberRange(0, 5, _("Indiquez un nombre de 0 à 5."))],
        description=_("De 0, tout sur place, à 5, tout à distance. Vide : à discuter."),
    )
    seniority_years = OptionalIntegerField(
        _("Années d’expérience, au moins"),
        [Optional(), NumberRange(0, 40, _("Indiquez un nombre de 0 à 40."))],
        description=_("Vide : peu importe."),
    )
    clearance = SelectField(
        _("Habilitation demandée"),
        choices=CLEARANCES,
        description=_(
            "Pour l’accès à des informations classifiées seulement ; l’obtenir prend des mois."
        ),
    )
    statuses = MultiCheckboxField(
        _("Statuts acceptés"),
        choices=STATUSES,
        description=_("Aucune case cochée : tous les statuts conviennent, ou vous ne savez pas."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rows = SkillRows()
        self._rows.name(self.skills)
        kept = (kwargs.get("data") or {}).get("clearance")
        if kept and kept not in set(Clearance):
            # A code that is no longer of the list stays until somebody chooses another.
            self.clearance.choices = [*CLEARANCES, *choices([(kept, kept)])]
        self.family.choices = choices(
            ((family.code, named(family)) for family in self._rows.families),
            empty=_("Je ne sais pas"),
        )

    def validate_ends_on(self, field: DateField) -> None:
        """Refuse a mission that ends before it begins."""
        if field.data and self.starts_on.data and field.data <= self.starts_on.data:
            raise ValidationError(_("La fin doit venir après le début."))

    @property
    def family_sentences(self) -> list[tuple[JobFamily, str]]:
        """Pair each family with what it does, for those who don't know the words."""
        return [
            (family, FAMILY_SENTENCES[family.code])
            for family in self._rows.families
            if family.code in FAMILY_SENTENCES
        ]

    def offer_rows(self, *, more: bool = False) -> None:
        """Prepare the skill rows for showing."""
        self._rows.offer(self.skills, more=more)

    def content(self, saved: SeatContent) -> SeatContent:
        """Return what was typed, with what this form does not show kept from `saved`."""
        must, nice = self._asked(saved)
        by_code = {family.code: family for family in self._rows.families}
        return replace(
            saved,
            title=self.title.data or "",
            mission=self.mission.data or "",
            family=by_code.get(self.family.data or ""),
            family_as_given="",
            must=unless_untouched(must, saved.must),
            nice=unless_untouched(nice, saved.nice),
            share_pct=self.share_pct.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            town=self.town.data or "",
            remote_days=self.remote_days.data,
            seniority_years=self.seniority_years.data,
            clearance=self.clearance.data or "",
            statuses=self.statuses.data or [],
        )

    def _asked(self, saved: SeatContent) -> tuple[list[NamedSkill], list[NamedSkill]]:
        """Return what is indispensable and what is wished for.

        A line of one's own is a wish, unless it stood among the musts: files may say so.
        """
        names = SkillNames()
        firm = {names.named(named.label).label for named in saved.must if named.skill is None}
        others = [names.named(label) for label in self.other_skills.data]
        asked = [
            (row["importance"] == "must", NamedSkill(skill.label_fr, skill, level_of(row)))
            for skill, row in self._rows.chosen(self.skills)
        ]
        asked += [(named.label in firm, named) for named in others]
        return [n for is_must, n in asked if is_must], [n for is_must, n in asked if not is_must]


class StaffSeatForm(SeatForm):
    """A seat as the agency edits it, its status included."""

    status = SelectField(
        _("État du poste"),
        choices=SEAT_STATUSES,
        description=_("« Pourvu » se dit de lui-même, quand quelqu’un y est affecté."),
    )

    def content(self, saved: SeatContent) -> SeatContent:
        """Return what was typed, the seat's status included."""
        return replace(super().content(saved), status=SeatStatus(self.status.data))


def filled_seat(form: type[SeatForm], seat: NeedSeat, *, formdata: Any = None) -> SeatForm:
    """Open a form on a stored seat, or on what was just typed over it."""
    content = seat_content_of(seat)
    data = {
        **vars(content),
        "family": content.family.code if content.family else "",
        "skills": asked_rows(content.must, content.nice),
        "other_skills": [
            notation(s.label, s.level, s.wants_growth)
            for s in [*content.must, *content.nice]
            if s.skill is None
        ],
        "version": str(seat.version_id),
    }
    return form(data=data, **({} if formdata is not None else {"formdata": None}))
