"""The shape of an order set by hand."""

import re
from typing import Any

from flask import request
from wtforms import HiddenField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from talentpool.i18n import _
from talentpool.matches.order_models import OrderReason
from talentpool.web.fields import choices
from talentpool.web.forms import Form

_NUMBER = re.compile(r"[0-9]{1,9}")
#: What a button of the list sends: who moves, and where to.
_STEP = re.compile(r"([0-9]{1,9}):(up|down)")


class OrderForm(Form):
    """An order that is being made, and why; the page writes one hidden input for each person."""

    order = SelectMultipleField(validate_choice=False)
    reason = SelectField(
        _("Raison"),
        [InputRequired(_("Choisissez une raison."))],
        choices=choices(
            ((reason.value, reason.label) for reason in OrderReason), empty=_("Choisir une raison")
        ),
    )
    note = TextAreaField(
        _("Précisions"),
        [Optional(), Length(max=2_000)],
        description=_("Des faits utiles au poste : les personnes pourront les lire."),
        render_kw={"rows": 3},
    )
    seen = HiddenField()
    #: Whether somebody acted on the shortlist since the page was opened.
    is_overtaken = False

    @property
    def numbers(self) -> list[int]:
        """The people's numbers as they stand in the form, each once."""
        sent = (str(number) for number in self.order.data or ())
        return list(dict.fromkeys(int(number) for number in sent if _NUMBER.fullmatch(number)))

    @property
    def seen_order(self) -> int | None:
        """The order that was on the screen."""
        seen = str(self.seen.data or "")
        return int(seen) if re.fullmatch(r"[0-9]{1,18}", seen) else None

    def step(self) -> tuple[int, int] | None:
        """Return who is to move, and by how much, when a button of the list was pressed."""
        found = _STEP.fullmatch(request.form.get("move", ""))
        return (int(found[1]), -1 if found[2] == "up" else 1) if found else None

    def why(self) -> dict[str, Any]:
        """Return reason and note as the service takes them."""
        return {"reason": OrderReason(self.reason.data), "note": self.note.data or ""}
