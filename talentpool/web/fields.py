"""Fields that several forms share: dates, lists of lines, shares of full time, boxes, optional numbers.

Their messages are marked French; the templates translate labels, choices and messages when they show
them. Choices are always `SelectChoice` objects: WTForms 3.4 refuses tuples.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    FileField,
    Form,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import DateField as _DateField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import (
    DataRequired,
    Email,
    InputRequired,
    Length,
    StopValidation,
    ValidationError,
)
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from talentpool.db import plain
from talentpool.i18n import _

#: No agency placed anybody before, and nobody plans beyond.
EARLIEST_YEAR = 2000
FURTHEST_YEARS = 10
SMALLEST_SHARE = 10
LARGEST_SHARE = 100


def choices(pairs: Iterable[tuple[Any, str]], *, empty: str | None = None) -> list[SelectChoice]:
    """Turn (value, label) pairs into choices; `empty` labels a first one that stands for no answer."""
    first = [] if empty is None else [SelectChoice("", empty)]
    return first + [SelectChoice(value, label) for value, label in pairs]


def optional(coerce: Callable[[str], Any]) -> Callable[[Any], Any]:
    """Make a `coerce` for selects whose empty choice means None."""
    return lambda value: None if value in (None, "", "None") else coerce(value)


class DateField(_DateField):
    """A day, as the browser's calendar sends it or as French people type it (24/11/2026)."""

    data: date | None
    render_kw: dict[str, Any] | None

    def __init__(
        self, label: str | None = None, validators: Sequence[Any] = (), **kwargs: Any
    ) -> None:
        kwargs.setdefault("format", ["%Y-%m-%d", "%d/%m/%Y"])
        super().__init__(label, validators, **kwargs)

    def _value(self) -> str:
        # A date input takes the international form alone, whichever was typed.
        return self.data.isoformat() if self.data else " ".join(self.raw_data or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day, or say how to write one."""
        text = " ".join(valuelist).strip()
        if not text:
            self.data = None
            return
        try:
            super().process_formdata([text])
        except ValueError as error:
            # A calendar would hide what cannot be a day: what was typed is shown as text, to be corrected.
            self.render_kw = {**(self.render_kw or {}), "type": "text"}
            raise ValueError(_("Indiquez une date qui existe, comme 24/11/2026.")) from error
        latest = date.today().year + FURTHEST_YEARS
        is_stored = self.data == self.object_data  # A file may have brought it in.
        if self.data and not is_stored and not EARLIEST_YEAR <= self.data.year <= latest:
            raise ValueError(_("Vérifiez l’année : cette date est trop lointaine."))


class LinesField(TextAreaField):
    """A list of texts, one a line: blank lines and repetitions go, order stays; without text, an empty list.

    A stored list that nobody touches comes back as it was, however many items it holds and however long.
    """

    def __init__(
        self,
        label: str | None = None,
        validators: Sequence[Any] = (),
        *,
        max_lines: int = 50,
        max_length: int = 200,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, **kwargs)
        self.max_lines = max_lines
        self.max_length = max_length

    def _value(self) -> str:
        return "\n".join(" ".join(item.splitlines()) for item in self.data or ())

    def process_data(self, value: Iterable[str] | None) -> None:
        """Take the list that the object holds."""
        self.data = list(value or ())
        self.stored = self.data

    def process_formdata(self, valuelist: list[str]) -> None:
        """Cut the text into its lines."""
        typed = _lines(valuelist[0] if valuelist else "")
        if typed != _lines(self._value()):
            self.data = list(dict.fromkeys(typed))

    def pre_validate(self, form: Any) -> None:
        """Refuse more lines, or longer ones, than what is kept; what is stored may stay."""
        if len(self.data or ()) > max(self.max_lines, len(self.stored)):
            raise ValidationError(_("Il y a trop de lignes : gardez les plus importantes."))
        longest = max([self.max_length, *map(len, self.stored)])
        if any(len(line) > longest for line in self.data or ()):
            raise ValidationError(_("Une ligne est trop longue : coupez-la ou résumez-la."))


def _lines(text: str) -> list[str]:
    return [line for part in text.splitlines() if (line := part.strip())]


class OptionalIntegerField(IntegerField):
    """A whole number, or None when left empty.

    It is shown as text with a numeric keyboard: number inputs hide what they cannot read, and change
    under the wheel.
    """

    widget = TextInput()

    def __init__(
        self, label: str | None = None, validators: Sequence[Any] = (), **kwargs: Any
    ) -> None:
        kwargs["render_kw"] = {"inputmode": "numeric", **(kwargs.get("render_kw") or {})}
        super().__init__(label, validators, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number, spaces between thousands allowed."""
        text = "".join((valuelist[0] if valuelist else "").split())
        self.data = None
        if not text:
            return
        try:
            self.data = int(text)
        except ValueError as error:
            raise ValueError(_("Indiquez un nombre entier, en chiffres.")) from error

    def pre_validate(self, form: Any) -> None:
        """Say one thing at a time: what is no number is not out of bounds besides."""
        if self.process_errors:
            raise StopValidation


class ShareField(OptionalIntegerField):
    """A share of full time, in percent, from 10 to 100; None when left empty."""

    def __init__(
        self, label: str | None = None, validators: Sequence[Any] = (), **kwargs: Any
    ) -> None:
        kwargs.setdefault("description", _("En pourcentage d’un temps plein, de 10 à 100."))
        super().__init__(label, validators, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; the sign that people add after it is no mistake."""
        super().process_formdata([value.strip().removesuffix("%") for value in valuelist])

    def pre_validate(self, form: Any) -> None:
        """Refuse less than a tenth, and more than the whole."""
        if self.data is not None and not SMALLEST_SHARE <= self.data <= LARGEST_SHARE:
            raise ValidationError(_("Indiquez une part entre 10 et 100."))


class ExactShareField(StringField):
    """A share of full time as an exact percentage, from 0.01 to 100: « 80 », « 12,5 » or « 33,33 % »."""

    data: Decimal | None

    def __init__(
        self, label: str | None = None, validators: Sequence[Any] = (), **kwargs: Any
    ) -> None:
        kwargs["render_kw"] = {"inputmode": "decimal", **(kwargs.get("render_kw") or {})}
        kwargs.setdefault("description", _("En pourcentage d’un temps plein, par exemple 80."))
        super().__init__(label, validators, **kwargs)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{Decimal(self.data):f}".replace(".", ",")

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number, with a comma or a point, and with the sign that people add after it."""
        text = "".join((valuelist[0] if valuelist else "").split()).removesuffix("%")
        self.data = None
        if not text:
            return
        found = re.fullmatch(r"([0-9]{1,3})(?:[.,]([0-9]{1,2}))?", text)
        share = Decimal(f"{found[1]}.{found[2] or 0}") if found else None
        if share is None or not 0 < share <= LARGEST_SHARE:
            raise ValueError(_("Indiquez une part entre 0,01 et 100, comme 80 ou 12,5."))
        self.data = plain(share)

    def pre_validate(self, form: Any) -> None:
        """Say one thing at a time: what is no share is not missing besides."""
        if self.process_errors:
            raise StopValidation


class MultiCheckboxField(SelectMultipleField):
    """Several choices as boxes; data is a list, empty when none is ticked."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(
        self, label: str | None = None, validators: Sequence[Any] = (), **kwargs: Any
    ) -> None:
        kwargs.setdefault("invalid_choice_message", _("Choisissez parmi les réponses proposées."))
        super().__init__(label, validators, **kwargs)

    def process_data(self, value: Iterable[Any] | None) -> None:
        """Take the list that the object holds."""
        super().process_data(value or ())


class SampleForm(Form):
    """Every kind of field once, for the developers' page of components."""

    name = StringField(
        _("Intitulé du besoin"),
        [DataRequired(_("Donnez un intitulé au besoin."))],
        description=_("En quelques mots, comme vous le diriez à un collègue."),
    )
    email = EmailField(
        _("Adresse électronique"),
        [
            DataRequired(_("Indiquez votre adresse.")),
            Email(_("Il manque une partie de l’adresse.")),
        ],
        description=_("Format attendu : nom@domaine.fr"),
        render_kw={"autocomplete": "email", "spellcheck": "false"},
    )
    password = PasswordField(
        _("Mot de passe"),
        [DataRequired(_("Indiquez votre mot de passe."))],
        render_kw={"autocomplete": "current-password"},
    )
    seats = OptionalIntegerField(_("Nombre de postes"))
    share = ShareField(_("Part du temps"), [InputRequired(_("Indiquez une part."))])
    starts_on = DateField(_("Date de début"), [InputRequired(_("Indiquez une date de début."))])
    reference = StringField(
        _("Référence"), render_kw={"disabled": True}, description=_("Attribuée par l’agence.")
    )
    summary = TextAreaField(
        _("Description"),
        [Length(max=2000)],
        render_kw={"rows": 4},
        description=_("Ce qu’il y a à faire, avec qui, pour quel effet."),
    )
    outcomes = LinesField(_("Résultats attendus"), description=_("Un par ligne."), max_lines=3)
    family = SelectField(
        _("Famille de métiers"),
        [DataRequired(_("Choisissez une famille."))],
        choices=choices(
            [("dev", _("Développement")), ("data", _("Données")), ("design", _("Conception"))],
            empty=_("Choisir une famille"),
        ),
    )
    mode = RadioField(
        _("Rythme"),
        [InputRequired(_("Choisissez un rythme."))],
        choices=choices([("site", _("Sur place")), ("mixed", _("En alternance"))]),
        validate_choice=False,
    )
    languages = MultiCheckboxField(
        _("Langues de travail"), choices=choices([("fr", _("Français")), ("en", _("Anglais"))])
    )
    agreement = BooleanField(
        _("J’ai lu comment le classement fonctionne"),
        [DataRequired(_("Cochez la case pour continuer."))],
    )
    attachment = FileField(
        _("Pièce jointe"),
        description=_("PDF ou DOCX, 10 Mo au plus."),
        render_kw={"accept": ".pdf,.docx"},
    )
