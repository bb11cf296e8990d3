"""The shape of contracts, absences, placements and what happens to them, as people type it."""

from datetime import date
from decimal import Decimal
from typing import Any

from wtforms import Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from talentpool.i18n import _
from talentpool.needs.models import NeedSeat
from talentpool.placements.absences import Away
from talentpool.placements.contracts import Terms
from talentpool.placements.kinds import (
    AbsenceKind,
    ContractKind,
    Employer,
    Half,
    InterruptionReason,
    PlacementKind,
    RenewalDecision,
)
from talentpool.placements.models import Absence, Contract, Placement
from talentpool.placements.services import Booking
from talentpool.placements.spans import Span
from talentpool.placements.trials import TRIED, Trial, TrialKind
from talentpool.placements.workdays import share_of_days
from talentpool.talents.forms import person_choices
from talentpool.talents.models import Talent
from talentpool.web.fields import DateField, ExactShareField, choices, optional
from talentpool.web.forms import REQUIRED, EditForm, Form

LONGEST_NOTE = 2_000
FEWEST_DAYS, MOST_DAYS = 5, 60
ENDS_FIRST = _("Le dernier jour vient après le premier.")


def ends_after(start: str) -> Any:
    """Make a check that a last day does not lie before the day in the field `start`."""

    def check(form: Form, field: DateField) -> None:
        first = form[start].data
        if field.data and first and field.data < first:
            raise ValidationError(ENDS_FIRST)

    return check


class ContractForm(EditForm):
    """A signed contract; its share may change on a later day."""

    employer = SelectField(
        _("Employeur"),
        choices=choices((employer.value, employer.label) for employer in Employer),
        description=_("Le plafond porte sur les contrats de l’agence."),
    )
    kind = SelectField(
        _("Nature du contrat"), choices=choices((kind.value, kind.label) for kind in ContractKind)
    )
    starts_on = DateField(_("Premier jour"), [InputRequired(REQUIRED)])
    ends_on = DateField(
        _("Dernier jour"),
        [Optional(), ends_after("starts_on")],
        description=_("Vide pour un contrat sans fin prévue."),
    )
    share_pct = ExactShareField(_("Part de temps plein"), [InputRequired(REQUIRED)])
    changes_on = DateField(
        _("La part change le"),
        [Optional()],
        description=_("Pour passer à temps partiel en cours de contrat, par exemple."),
    )
    changes_to = ExactShareField(_("Nouvelle part à partir de ce jour"), [Optional()])
    signed_on = DateField(_("Signé le"), [Optional()])

    def validate_changes_on(self, field: DateField) -> None:
        """Refuse a change of share outside the contract."""
        day, first, last = field.data, self.starts_on.data, self.ends_on.data
        if day and first and (day <= first or (last and day > last)):
            raise ValidationError(_("Ce jour tombe hors du contrat."))

    def validate_changes_to(self, field: ExactShareField) -> None:
        """Ask for a day and a share together."""
        if (field.data is None) != (self.changes_on.data is None):
            raise ValidationError(_("Donnez la date du changement et la nouvelle part, ou aucune."))

    def terms(self, saved: Terms | None = None) -> Terms:
        """Return what was typed, with the changes of share that `saved` holds already."""
        first, share = self.starts_on.data, self.share_pct.data
        assert first is not None and share is not None  # noqa: S101, PT018 - both are required
        last = self.ends_on.data or date.max
        kept = {day: s for day, s in (saved.shares if saved else ()) if first < day <= last}
        shares = {first: share, **kept}
        if self.changes_on.data and self.changes_to.data is not None:
            shares[self.changes_on.data] = self.changes_to.data
        return Terms(
            Employer(self.employer.data),
            ContractKind(self.kind.data),
            first,
            self.ends_on.data,
            _merged(shares),
            self.signed_on.data,
        )


def _merged(shares: dict[date, Decimal]) -> tuple[tuple[date, Decimal], ...]:
    """Return changes of share in order, without those that change nothing."""
    merged: list[tuple[date, Decimal]] = []
    for day, share in sorted(shares.items()):
        if not merged or merged[-1][1] != share:
            merged.append((day, share))
    return tuple(merged)


class AbsenceForm(EditForm):
    """Half-days on which somebody is away."""

    kind = SelectField(
        _("Nature"),
        choices=choices((kind.value, kind.label) for kind in AbsenceKind),
        description=_("Le motif ne se note pas : la planification n’en a pas besoin."),
    )
    starts_on = DateField(_("Premier jour"), [InputRequired(REQUIRED)])
    starts_half = SelectField(
        _("À partir du"), choices=choices((half.value, half.label) for half in Half)
    )
    ends_on = DateField(_("Dernier jour"), [InputRequired(REQUIRED), ends_after("starts_on")])
    ends_half = SelectField(
        _("Jusqu’au"),
        choices=choices((half.value, half.label) for half in reversed(Half)),
    )

    def away(self) -> Away:
        """Return what was typed."""
        first, last = self.starts_on.data, self.ends_on.data
        assert first is not None and last is not None  # noqa: S101, PT018 - both are required
        return Away(
            AbsenceKind(self.kind.data),
            first,
            last,
            Half(self.starts_half.data),
            Half(self.ends_half.data),
        )


class BookingForm(EditForm):
    """Days and share of a placement; an intervention is counted in days instead."""

    starts_on = DateField(_("Premier jour"), [InputRequired(REQUIRED)])
    ends_on = DateField(_("Dernier jour"), [InputRequired(REQUIRED), ends_after("starts_on")])
    kind = RadioField(
        _("Nature"),
        choices=choices((kind.value, kind.label) for kind in PlacementKind),
        default=PlacementKind.MISSION.value,
    )
    share_pct = ExactShareField(
        _("Part de temps plein"),
        [Optional()],
        description=_("Pour une mission. En pourcentage d’un temps plein, par exemple 80."),
    )
    days = StringField(
        _("Nombre de jours"),
        [Optional(), Length(max=10)],
        description=_("Pour une intervention de 5 à 60 jours, à la demi-journée près : 12,5."),
        render_kw={"inputmode": "decimal"},
    )

    def validate_share_pct(self, field: ExactShareField) -> None:
        """Ask for the share of a mission."""
        if self._is_mission() and field.data is None and not field.process_errors:
            raise ValidationError(REQUIRED)

    def validate_kind(self, field: Field) -> None:
        """Ask for the days of an intervention, which optional fields are not asked for themselves."""
        if self._is_mission():
            return
        half_days = _half_days(self.days.data or "")
        if half_days is None or not FEWEST_DAYS * 2 <= half_days <= MOST_DAYS * 2:
            raise ValidationError(
                _("Une intervention prend de 5 à 60 jours, à la demi-journée près.")
            )
        first, last = self.starts_on.data, self.ends_on.data
        if first and last and first <= last and share_of_days(half_days, first, last) > 100:
            raise ValidationError(_("Ces jours ne tiennent pas entre les deux dates."))

    def _is_mission(self) -> bool:
        return str(self.kind.data) != PlacementKind.INTERVENTION.value

    def booking(self) -> Booking:
        """Return what was typed."""
        first, last = self.starts_on.data, self.ends_on.data
        assert first is not None and last is not None  # noqa: S101, PT018 - both are required
        if self._is_mission():
            share = self.share_pct.data
            assert share is not None  # noqa: S101 - a mission's share is required
            return Booking(first, last, share)
        half_days = _half_days(self.days.data or "") or 0
        share = share_of_days(half_days, first, last)
        return Booking(first, last, share, PlacementKind.INTERVENTION, half_days)


def _half_days(text: str) -> int | None:
    """Read « 12,5 » as 25 half-days; None for what is no number of half-days."""
    whole, _comma, part = text.strip().replace(".", ",").partition(",")
    if not whole.isascii() or not whole.isdigit() or part.strip("0") not in {"", "5"}:
        return None
    return int(whole) * 2 + (part[:1] == "5")


class PlacingForm(BookingForm):
    """Who takes a seat, when, and for which share."""

    talent = SelectField(_("Personne"), [InputRequired(REQUIRED)], coerce=optional(int), choices=[])

    def offer(self, people: list[Talent]) -> None:
        """Offer people to place."""
        self.talent.choices = person_choices(people)


class TrialForm(Form):
    """Something to try on the time line; it travels in the address, so that it can be shared."""

    class Meta(Form.Meta):
        """Trying writes nothing: there is nothing to forge."""

        csrf = False

    quoi = SelectField(
        _("Essayer de"), choices=choices((kind.value, kind.label) for kind in TrialKind)
    )
    personne = SelectField(_("Personne"), [Optional()], coerce=optional(int), choices=[])
    poste = SelectField(_("Poste"), [Optional()], coerce=optional(int), choices=[])
    placement = SelectField(
        _("Placement à prolonger"), [Optional()], coerce=optional(int), choices=[]
    )
    du = DateField(_("Premier jour"), [Optional()])
    au = DateField(_("Dernier jour"), [InputRequired(REQUIRED)])
    part = ExactShareField(_("Part de temps plein"), [Optional()])

    def offer(
        self, people: list[Talent], seats: list[NeedSeat], placements: list[Placement]
    ) -> None:
        """Offer people, seats, and placements that may be extended."""
        self.personne.choices = choices(
            ((talent.id, talent.label) for talent in people), empty=_("Quelqu’un de nouveau")
        )
        self.poste.choices = choices(
            ((seat.id, f"{seat.need.title}, {seat.label}") for seat in seats),
            empty=_("Choisir un poste"),
        )
        self.placement.choices = choices(
            ((p.id, f"{p.talent.label}, {p.seat.need.title}") for p in placements),
            empty=_("Choisir un placement"),
        )

    def trial(self, extended: Placement | None) -> Trial:
        """Return what a valid form asks to try; `extended` is the placement chosen."""
        kind, last = TrialKind(self.quoi.data), self.au.data
        if kind is TrialKind.EXTEND and extended is not None:
            span = Span(extended.starts_on, last, self.part.data or extended.share_pct)
            return Trial(kind, span, extended.talent_id, extended.seat_id, extended.id)
        assert self.du.data is not None and self.part.data is not None  # noqa: S101, PT018
        span = Span(self.du.data, last, self.part.data)
        return Trial(kind, span, self.personne.data or TRIED, self.poste.data)

    def validate_quoi(self, field: SelectField) -> None:
        """Ask for what this trial needs, beside the field that lacks it."""
        if field.errors:
            return
        needed = {
            TrialKind.PLACE: ("personne", "poste", "du", "part"),
            TrialKind.EXTEND: ("placement",),
            TrialKind.HIRE: ("du", "part"),
        }
        for name in needed[TrialKind(field.data)]:
            if self[name].data is None and not self[name].process_errors:
                self[name].process_errors = [REQUIRED]
        if self.du.data and self.au.data and self.au.data < self.du.data:
            self.au.process_errors = [ENDS_FIRST]


class DayForm(Form):
    """The day on which something happened: a signature, an arrival."""

    on = DateField(_("Le"), [InputRequired(REQUIRED)])


class RenewalForm(Form):
    """What follows the end of a mission."""

    decision = RadioField(
        _("Que se passe-t-il après ?"),
        [InputRequired(_("Choisissez une décision."))],
        choices=choices((decision.value, decision.label) for decision in RenewalDecision),
    )
    note = TextAreaField(
        _("Précisions"), [Optional(), Length(max=LONGEST_NOTE)], render_kw={"rows": 3}
    )


class InterruptionForm(Form):
    """Why, and after which day, a placement stops."""

    last_day = DateField(_("Dernier jour"), [InputRequired(REQUIRED)])
    reason = SelectField(
        _("Raison"),
        [InputRequired(_("Choisissez une raison."))],
        choices=choices(
            ((reason.value, reason.label) for reason in InterruptionReason),
            empty=_("Choisir une raison"),
        ),
    )
    note = TextAreaField(
        _("Précisions"),
        [Optional(), Length(max=LONGEST_NOTE)],
        description=_("Des faits : la personne et l’administration pourront les lire."),
        render_kw={"rows": 3},
    )


def filled_contract(contract: Contract, *, formdata: Any = None) -> ContractForm:
    """Open the form on a stored contract, or on what was just typed over it."""
    data = {
        "employer": contract.employer.value,
        "kind": contract.kind.value,
        "starts_on": contract.starts_on,
        "ends_on": contract.ends_on,
        "share_pct": contract.periods[0].share_pct,
        "signed_on": contract.signed_on,
        "version": str(contract.version_id),
    }
    return ContractForm(data=data, **({} if formdata is not None else {"formdata": None}))


def filled_absence(absence: Absence, *, formdata: Any = None) -> AbsenceForm:
    """Open the form on a stored absence, or on what was just typed over it."""
    data = {
        "kind": absence.kind.value,
        "starts_on": absence.starts_on,
        "starts_half": absence.starts_half.value,
        "ends_on": absence.ends_on,
        "ends_half": absence.ends_half.value,
        "version": str(absence.version_id),
    }
    return AbsenceForm(data=data, **({} if formdata is not None else {"formdata": None}))


def filled_booking(placement: Placement, *, formdata: Any = None) -> BookingForm:
    """Open the form on a stored placement, or on what was just typed over it."""
    is_intervention = placement.kind is PlacementKind.INTERVENTION
    data = {
        "starts_on": placement.starts_on,
        "ends_on": placement.ends_on,
        "kind": placement.kind.value,
        "share_pct": None if is_intervention else placement.share_pct,
        "days": days_in_words(placement.half_days),
        "version": str(placement.version_id),
    }
    return BookingForm(data=data, **({} if formdata is not None else {"formdata": None}))


def days_in_words(half_days: int | None) -> str:
    """Write half-days as days: 12,5."""
    if half_days is None:
        return ""
    return f"{half_days // 2},5" if half_days % 2 else str(half_days // 2)
