"""One cell from text or JSON to a typed value, and back."""

import json
import math
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from talentpool.db import plain
from talentpool.i18n import _
from talentpool.tabular.columns import Column, Kind
from talentpool.tabular.limits import TabularError
from talentpool.tabular.text import clean_text, join_list, shortened, split_list

DEPTH = 16
_INTEGER = re.compile("[+-]?[0-9]{1,18}")
_GROUPED = re.compile("[+-]?[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3}){1,5}")
_ISO_DATE = re.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ][0-9:.,+Z-]{1,30})?")
_FRENCH_DATE = re.compile("([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_SHARE = re.compile("([0-9]{1,3})(?:[.,]([0-9]{1,15}))?[ \u00a0\u202f]?(%?)")
_BOOLEANS = {
    **dict.fromkeys(("oui", "yes", "true", "vrai", "1"), True),
    **dict.fromkeys(("non", "no", "false", "faux", "0"), False),
}

NOT_AN_INTEGER = _("« %(value)s » n’est pas un nombre entier.")
NOT_A_DATE = _("« %(value)s » n’est pas une date : écrivez-la 24/11/2026 ou 2026-11-24.")
NOT_A_BOOLEAN = _("« %(value)s » n’est ni oui ni non.")
NOT_A_SHARE = _(
    "« %(value)s » n’est pas une part de temps plein : écrivez un pourcentage entier de 0 à 100,"
    " comme 80 %%."
)
NOT_AN_EXACT_SHARE = _(
    "« %(value)s » n’est pas une part de temps plein : écrivez un pourcentage entre 0,01 et 100,"
    " comme 80 %% ou 12,5 %%."
)
NOT_RECORDS = _("Une liste d’objets JSON est attendue.")
WRONG_TYPES: dict[Kind, str] = {
    "text": _("Un texte entre guillemets est attendu, et non %(value)s."),
    "list": _("Une liste de textes entre crochets est attendue, et non %(value)s."),
    "integer": _("Un nombre entier est attendu, et non %(value)s."),
    "date": _('Une date comme "2026-11-24" est attendue, et non %(value)s.'),
    "boolean": _("true ou false est attendu, et non %(value)s."),
    "share": _("Un nombre de 0 à 100 est attendu, et non %(value)s."),
    "exact_share": _("Un nombre de 0 à 100 est attendu, et non %(value)s."),
    "records": NOT_RECORDS,
}
CELL_TOO_LONG = _("La cellule compte %(length)s caractères ; %(limit)s au plus sont lus.")
TOO_DEEP = _("Les valeurs sont imbriquées sur plus de %(limit)s niveaux.")
LISTED_TOO_LONG = _("Un texte de la liste compte plus de %(limit)s caractères.")


class BadCell(TabularError):
    """A cell, or a row, that holds no value of its kind."""


def blank(column: Column) -> Any:
    """Return what an empty cell means: `""` for a text, `[]` for lists, None for the others."""
    return {"text": "", "list": [], "records": []}.get(column.kind)


def _parsed_integer(text: str) -> int:
    if _INTEGER.fullmatch(text):
        return int(text)
    if _GROUPED.fullmatch(text):
        return int(re.sub("[ \u00a0\u202f]", "", text))
    raise BadCell(NOT_AN_INTEGER, {"value": shortened(text)})


def _parsed_date(text: str) -> date:
    try:
        if found := _ISO_DATE.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _FRENCH_DATE.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:  # The 31st of February.
        pass
    raise BadCell(NOT_A_DATE, {"value": shortened(text)})


def _parsed_boolean(text: str) -> bool:
    try:
        return _BOOLEANS[text.casefold()]
    except KeyError:
        raise BadCell(NOT_A_BOOLEAN, {"value": shortened(text)}) from None


def _parsed_share(text: str) -> int:
    """Read `80`, `80 %`, `0,8`: an unsigned number up to 1 is a fraction of full time."""
    share = _percentage(text)
    if share is None or share != int(share):
        raise BadCell(NOT_A_SHARE, {"value": shortened(text)})
    return int(share)


def _parsed_exact_share(text: str) -> Decimal:
    """Read what a share may be, to the hundredth of a percent and above zero."""
    share = _percentage(text)
    if not share or share * 100 != int(share * 100):
        raise BadCell(NOT_AN_EXACT_SHARE, {"value": shortened(text)})
    return plain(share)


def _percentage(text: str) -> Decimal | None:
    """Return a percentage of full time, up to 100; None for what is none."""
    found = _SHARE.fullmatch(text)
    if found is None:
        return None
    share = Decimal(f"{found[1]}.{found[2] or 0}")
    if share <= 1 and not found[3]:  # A spreadsheet's cell that shows 100 % holds 1.
        share *= 100
    return share if share <= 100 else None


def _parsed_records(text: str) -> list[dict[str, Any]]:
    try:
        return _checked_records(json.loads(text))
    except (ValueError, RecursionError):
        raise BadCell(NOT_RECORDS) from None


def _checked_records(value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise BadCell(NOT_RECORDS)
    return [clean_json(item) for item in value]


def clean_json(value: Any, depth: int = 1) -> Any:
    """Return the value with its texts clean; raises BadCell when it is nested too deeply."""
    if depth > DEPTH:
        raise BadCell(TOO_DEEP, {"limit": str(DEPTH)})
    match value:
        case str():
            return clean_text(value)
        case list():
            return [clean_json(item, depth + 1) for item in value]
        case dict():
            return {clean_text(key): clean_json(item, depth + 1) for key, item in value.items()}
    return value


_PARSERS: dict[Kind, Callable[[str], Any]] = {
    "text": str,
    "list": split_list,
    "integer": _parsed_integer,
    "date": _parsed_date,
    "boolean": _parsed_boolean,
    "share": _parsed_share,
    "exact_share": _parsed_exact_share,
    "records": _parsed_records,
}


def from_text(column: Column, cell: str, limit: int) -> Any:
    """Return a CSV or XLSX cell's value; raises BadCell when it has none, or is too long."""
    if len(cell) > limit:
        raise BadCell(CELL_TOO_LONG, {"length": str(len(cell)), "limit": str(limit)})
    text = clean_text(cell)
    return _PARSERS[column.kind](text) if text else blank(column)


def from_json(column: Column, value: Any, limit: int) -> Any:
    """Return a JSON member's value; raises BadCell when its JSON type is not its column's."""
    if value is None:
        return blank(column)
    match column.kind, value:
        case ("text" | "date", str()):
            return from_text(column, value, limit)
        case ("list", list()) if all(isinstance(item, str) for item in value):
            if any(len(item) > limit for item in value):
                raise BadCell(LISTED_TOO_LONG, {"limit": str(limit)})
            return [item for item in map(clean_text, value) if item]
        case ("boolean", bool()):
            return value
        case ("records", list()):
            return _checked_records(value)
        case ("integer" | "share" | "exact_share", int() | float()) if not isinstance(value, bool):
            return _PARSERS[column.kind](plain_number(value))
    raise BadCell(WRONG_TYPES[column.kind], {"value": shortened(_as_json(value))})


def _as_json(value: Any) -> str:
    match value:
        case str():
            return f'"{value[:100]}"'
        case bool():
            return "true" if value else "false"
        case list():
            return "[…]"
        case dict():
            return "{…}"
    return plain_number(value)


def plain_number(value: float) -> str:
    """Write a number as a spreadsheet shows it: 80 rather than 80.0, and 15 significant digits."""
    if isinstance(value, int) or (
        math.isfinite(value) and value.is_integer() and abs(value) < 1e15
    ):
        return str(int(value))
    return format(value, ".15g")


def to_text(column: Column, value: Any) -> str:
    """Write a value so that `from_text` reads it back equal (once its texts are clean)."""
    match column.kind, value:
        case _, None:
            return ""
        case "list", _:
            return join_list(value)
        case "records", _:
            return json.dumps(value, ensure_ascii=False)
        case "boolean", _:
            return "oui" if value else "non"
        case "date", date():
            return value.isoformat()[:10]
        case "share", _:
            number = (
                plain_number(value) if isinstance(value, int | float) else f"{value.normalize():f}"
            )
            return "1 %" if number == "1" else number
        case "exact_share", _:
            return f"{value:f}" if value > 1 else f"{value:f} %"
    return str(value)
