"""The shape of a need as people type it."""

from dataclasses import replace
from typing import Any

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import (
    DataRequired,
    Length,
    Optional,
)

from talentpool.i18n import _
from talentpool.needs.models import (
    LONGEST_NEED_TEXT,
    LONGEST_SUMMARY,
    Need,
)
from talentpool.needs.services import NeedContent, content_of
from talentpool.organisations.models import Organisation
from talentpool.organisations.queries import organisation_choices
from talentpool.web.fields import (
    LinesField,
    choices,
)
from talentpool.web.forms import REQUIRED, EditForm


class NeedForm(EditForm):
    """A need as its ministry writes it."""

    title = StringField(
        _("Nom du besoin"),
        [DataRequired(REQUIRED), Length(max=200)],
        description=_("Court et parlant : il figure dans toutes les listes."),
    )
    summary = TextAreaField(
        _("En une phrase"),
        [DataRequired(REQUIRED), Length(max=LONGEST_SUMMARY)],
        description=_("Ce que le projet change, et pour qui."),
        render_kw={"rows": 2},
    )
    text = TextAreaField(
        _("Le problème et ce que vous attendez"),
        [DataRequired(REQUIRED), Length(max=LONGEST_NEED_TEXT)],
        description=_(
            "Contexte pour quelqu’un de l’extérieur, bénéficiaires, données et accès, pistes de "
            "solution, objectifs à douze mois."
        ),
        render_kw={"rows": 12},
    )
    themes = LinesField(_("Thèmes"), description=_("Un par ligne, par exemple : santé, justice."))
    town = StringField(_("Ville"), [Optional(), Length(max=120)])

    def content(self, saved: NeedContent) -> NeedContent:
        """Return what was typed, with what this form does not show kept from `saved`."""
        return replace(
            saved,
            title=self.title.data or "",
            summary=self.summary.data or "",
            text=self.text.data or "",
            themes=self.themes.data,
            town=self.town.data or "",
        )


class StaffNeedForm(NeedForm):
    """A need as the agency enters it on a ministry's behalf."""

    organisation = SelectField(_("Administration porteuse"), coerce=int, choices=[])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation.choices = choices([(0, _("Non précisée")), *organisation_choices()])

    def content(self, saved: NeedContent, organisation: Organisation | None = None) -> NeedContent:
        """Return what was typed; `organisation` is the one chosen, read by the view."""
        return replace(super().content(saved), organisation=organisation)


def filled_need(form: type[NeedForm], need: Need, *, formdata: Any = None) -> NeedForm:
    """Open a form on a stored need, or on what was just typed over it."""
    data = {
        **vars(content_of(need)),
        "organisation": need.organisation_id or 0,
        "version": str(need.version_id),
    }
    return form(data=data, **({} if formdata is not None else {"formdata": None}))
