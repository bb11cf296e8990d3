"""The board for other sites: an Atom feed, and each open seat as schema.org's JobPosting."""

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

from talentpool.i18n import _, translated
from talentpool.needs.models import Need, NeedSeat

ATOM = "http://www.w3.org/2005/Atom"
#: What XML 1.0 has no way to write.
_UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FULL_TIME = 100
#: Days a week from which nobody need come to the place.
ALL_REMOTE = 5


def atom_of(needs: Iterable[Need], *, site: str, address: str, feed_address: str) -> bytes:
    """Write needs as an Atom feed; `site` begins every address, the other two are paths."""
    ET.register_namespace("", ATOM)
    shown = list(needs)
    feed = ET.Element(f"{{{ATOM}}}feed", {"xml:lang": "fr"})
    _add(feed, "title", translated(_("Besoins ouverts, Vivier du numérique")))
    _add(feed, "id", site + feed_address)
    _add(
        feed,
        "updated",
        _instant(max(map(updated_at, shown), default=datetime.fromtimestamp(0, UTC))),
    )
    _add(feed, "link", rel="self", type="application/atom+xml", href=site + feed_address)
    _add(feed, "link", rel="alternate", type="text/html", href=site + address)
    for need in shown:
        entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
        _add(entry, "title", need.title)
        _add(entry, "id", _url(need, site))
        _add(entry, "link", rel="alternate", type="text/html", href=_url(need, site))
        _add(entry, "published", _instant(need.approved_at or need.created_at))
        _add(entry, "updated", _instant(updated_at(need)))
        _add(ET.SubElement(entry, f"{{{ATOM}}}author"), "name", need.host_label or "–")
        for term in dict.fromkeys(_families(need)):
            _add(entry, "category", term=_writable(term))
        _add(entry, "summary", need.summary or need.title)
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def updated_at(need: Need) -> datetime:
    """Return when what everybody reads of a need changed last."""
    known = (need.created_at, need.approved_at, need.edited_at)
    return max(moment for moment in known if moment)


def postings_of(need: Need, *, site: str) -> str:
    """Write the open seats of a need as JSON-LD."""
    seats = [_posting(seat, site) for seat in need.seats if seat.is_open]
    return json.dumps({"@context": "https://schema.org", "@graph": seats}, ensure_ascii=False)


def _posting(seat: NeedSeat, site: str) -> dict[str, Any]:
    need = seat.need
    said: dict[str, Any] = {
        "@type": "JobPosting",
        "@id": f"{_url(need, site)}#poste-{seat.id}",
        "url": _url(need, site),
        "title": seat.label,
        "description": "\n\n".join(filter(None, (need.summary, seat.mission, need.words))),
        "datePosted": (need.approved_at or need.created_at).date().isoformat(),
        "identifier": {"@type": "PropertyValue", "name": need.host_label, "value": str(seat.id)},
        "hiringOrganization": {"@type": "GovernmentOrganization", "name": need.host_label},
        "employmentType": _employment(seat),
        "inLanguage": "fr",
        "directApply": False,
    }
    country = {"@type": "Country", "name": "FR"}
    town = seat.town or need.town
    said["jobLocation"] = {
        "@type": "Place",
        "address": {"@type": "PostalAddress", "addressCountry": "FR"}
        | ({"addressLocality": town} if town else {}),
    }
    if seat.remote_days == ALL_REMOTE:
        said |= {"jobLocationType": "TELECOMMUTE", "applicantLocationRequirements": country}
    if seat.family:
        said["occupationalCategory"] = seat.family.label_fr
    if seat.skills:
        said["skills"] = ", ".join(asked.label for asked in seat.skills)
    if seat.starts_on:
        said["jobStartDate"] = seat.starts_on.isoformat()
    if need.candidates_until:
        said["validThrough"] = f"{need.candidates_until.isoformat()}T23:59:59"
    return said


def _employment(seat: NeedSeat) -> list[str]:
    share = FULL_TIME if seat.share_pct is None else seat.share_pct
    return ["TEMPORARY", "FULL_TIME" if share == FULL_TIME else "PART_TIME"]


def _families(need: Need) -> list[str]:
    named = (s.family.label_fr if s.family else s.family_as_given for s in need.seats if s.is_open)
    return [name for name in named if name]


def _url(need: Need, site: str) -> str:
    return f"{site}/besoins-ouverts/{need.id}"


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> None:
    element = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = None if text is None else _writable(text)


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("", text)


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
