"""Studies and periods as files hold them: one record each, which importing reads back to the same profile."""

from datetime import date
from typing import Any

from talentpool.i18n import _
from talentpool.tabular.reading import Row
from talentpool.tabular.text import one_line
from talentpool.talents.availability import first_overlap
from talentpool.talents.models import Talent
from talentpool.talents.values import PeriodKind, Stretch, Studied

LONGEST_STUDY = 200
YEARS = range(1900, 2101)
SHARES = range(10, 101)
NOT_STUDIES = _("Formation sans intitulé, ou année hors limites, ignorée : « %(value)s ».")
NOT_A_PERIOD = _(
    "Période ignorée, il y faut « free » ou « away », des jours dans l’ordre et une part de 10 à 100 : "
    "« %(value)s »."
)
OVERLAP = _("Période ignorée, elle en recouvre une autre : « %(value)s ».")


def study_records(talent: Talent) -> list[dict[str, Any]]:
    """Return the records of what somebody studied."""
    values = [one.value for one in talent.education]
    return [_filled(title=one.title, school=one.school, year=one.year) for one in values]


def read_studies(row: Row, records: list[dict[str, Any]]) -> list[Studied]:
    """Read what somebody studied; what says nothing is reported and left out."""
    found = []
    for record in records:
        title, year = _text(record, "title"), record.get("year")
        if not title or not (year is None or (type(year) is int and year in YEARS)):
            row.warn("education", NOT_STUDIES, value=_shown(record))
            continue
        school = row.fit("education", _text(record, "school"), LONGEST_STUDY)
        found.append(Studied(row.fit("education", title, LONGEST_STUDY), school, year))
    return list(dict.fromkeys(found))


def period_records(talent: Talent) -> list[dict[str, Any]]:
    """Return the records of the days on which somebody is free or away, none in the simple case."""
    return [
        _filled(
            kind=one.kind.value,
            starts_on=one.starts_on.isoformat(),
            ends_on=one.ends_on.isoformat() if one.ends_on else None,
            share_pct=one.share_pct,
        )
        for one in talent.periods
    ]


def read_periods(row: Row, records: list[dict[str, Any]]) -> list[Stretch]:
    """Read the days on which somebody is free or away; what is no period, or a second one, is left out."""
    found: list[Stretch] = []
    for record in records:
        period = _period(record)
        if period is None:
            row.warn("periods", NOT_A_PERIOD, value=_shown(record))
        elif first_overlap([*found, period]):
            row.warn("periods", OVERLAP, value=_shown(record))
        else:
            found.append(period)
    return sorted(found, key=lambda one: one.starts_on)


def _period(record: dict[str, Any]) -> Stretch | None:
    kind, share = _text(record, "kind"), record.get("share_pct")
    starts, ends = _day(record, "starts_on"), _day(record, "ends_on")
    is_share = share is None or (type(share) is int and share in SHARES)
    is_ended = bool(record.get("ends_on"))
    if kind not in set(PeriodKind) or starts is None or not is_share or (is_ended and ends is None):
        return None
    if ends is not None and ends < starts:
        return None
    free = PeriodKind(kind) is PeriodKind.FREE
    return Stretch(PeriodKind(kind), starts, ends, share if free else None)


def _day(record: dict[str, Any], name: str) -> date | None:
    try:
        return date.fromisoformat(_text(record, name))
    except ValueError:
        return None


def _filled(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "")}


def _text(record: dict[str, Any], name: str) -> str:
    value = record.get(name)
    return one_line(value) if isinstance(value, str) else ""


def _shown(record: dict[str, Any]) -> str:
    return ", ".join(one_line(str(value)) for value in record.values())[:80]
