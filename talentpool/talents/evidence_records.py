"""What shows skills, as files hold it: one record for each skill that something shows."""

from typing import Any

from talentpool.accounts.models import Account
from talentpool.i18n import _
from talentpool.naming import folded
from talentpool.tabular.reading import Row
from talentpool.tabular.text import one_line
from talentpool.talents.evidence import (
    LONGEST_EVIDENCE,
    LONGEST_LINK,
    Evidence,
    evidence_of,
    is_link,
    show_skill,
)
from talentpool.talents.models import Experience, Talent

COLUMN = "evidence"
NO_SUCH_SKILL = _("Preuve d’une compétence que la ligne ne donne pas, ignorée : « %(value)s ».")
NO_SUCH_EXPERIENCE = _("Expérience que la ligne ne donne pas, ignorée : « %(value)s ».")
BAD_LINK = _("Lien ignoré, il ne commence pas par https:// : « %(value)s ».")


def evidence_records(talent: Talent) -> list[dict[str, str]]:
    """Return the records that reading gives back to the same profile."""
    records = []
    for held in talent.skills:
        shown = evidence_of(held)
        if shown != Evidence():
            parts = {"skill": held.label, "line": shown.line, "url": shown.url}
            parts["experience"] = shown.experience.summary if shown.experience else ""
            records.append({name: value for name, value in parts.items() if value})
    return records


def read_evidence(
    row: Row, records: list[dict[str, Any]], talent: Talent, *, by: Account | None
) -> bool:
    """Have a profile's skills shown by what a row gives and by nothing else; tell whether that changed any."""
    given = {folded(_text(record, "skill")): record for record in records}
    changed = False
    for held in talent.skills:
        record = given.pop(folded(held.label), {})
        changed |= bool(show_skill(held, _evidence(row, record, talent), by=by))
    for record in given.values():
        row.warn(COLUMN, NO_SUCH_SKILL, value=_text(record, "skill")[:80])
    return changed


def _evidence(row: Row, record: dict[str, Any], talent: Talent) -> Evidence:
    url = _text(record, "url")
    if url and not (is_link(url) and len(url) <= LONGEST_LINK):
        row.warn(COLUMN, BAD_LINK, value=url[:80])
        url = ""
    line = row.fit(COLUMN, _text(record, "line"), LONGEST_EVIDENCE)
    return Evidence(line, url, _experience(row, _text(record, "experience"), talent))


def _experience(row: Row, summary: str, talent: Talent) -> Experience | None:
    if not summary:
        return None
    found = next((one for one in talent.experiences if one_line(one.summary) == summary), None)
    if found is None:
        row.warn(COLUMN, NO_SUCH_EXPERIENCE, value=summary[:80])
    return found


def _text(record: dict[str, Any], name: str) -> str:
    value = record.get(name)
    return one_line(value) if isinstance(value, str) else ""
