"""CVs in the JSON Resume format (jsonresume.org)."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from talentpool.cv.document import Document, Entry
from talentpool.cv.limits import CvRefused, Limits, Refusal

_SECTIONS = ("basics", "work", "skills", "languages", "education", "projects", "volunteer")


def json_resume(data: bytes, limits: Limits) -> Document:
    """Read a JSON Resume; raises `CvRefused` on broken JSON and on other documents."""
    try:
        resume = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise CvRefused(Refusal.BROKEN) from error
    if not isinstance(resume, dict) or not any(
        isinstance(resume.get(name), list | dict) for name in _SECTIONS
    ):
        raise CvRefused(Refusal.NOT_A_CV)
    basics = _mapping(resume.get("basics"))
    work = list(_mappings(resume, "work", limits))
    told = [_text(basics, "summary"), *(_told(entry) for entry in work)]
    projects = [
        f"{_text(one, 'name')} : {_text(one, 'description')} {_joined(one, 'highlights')}"
        for one in _mappings(resume, "projects", limits)
    ]
    return Document(
        kind="json",
        text="\n".join(filter(None, [*told, *projects])),
        headline=_text(basics, "label"),
        experiences=[_entry(one) for one in work],
        education=[_studied(one) for one in _mappings(resume, "education", limits)],
        languages=[
            (_text(one, "language"), _text(one, "fluency"))
            for one in _mappings(resume, "languages", limits)
        ],
        skills=[skill for one in _mappings(resume, "skills", limits) for skill in _skills(one)],
        left_out=_left_out(basics),
    )


def _entry(work: Mapping[str, Any]) -> Entry:
    ends = _month(work, "endDate")
    return Entry(
        title=_text(work, "position"),
        organisation=_text(work, "name") or _text(work, "company"),
        starts=_month(work, "startDate"),
        ends=ends,
        is_current=not ends and bool(_month(work, "startDate")),
        text=_told(work),
    )


def _studied(one: Mapping[str, Any]) -> Entry:
    said = filter(None, [_text(one, "studyType"), _text(one, "area")])
    return Entry(
        title=" – ".join(said), organisation=_text(one, "institution"), ends=_month(one, "endDate")
    )


def _skills(one: Mapping[str, Any]) -> Iterable[tuple[str, str, str]]:
    name, level = _text(one, "name"), _text(one, "level")
    keywords = [word for word in _listed(one, "keywords") if word]
    about = f"{name} : {', '.join(keywords)}" if keywords else name
    if name and not keywords:
        yield name, level, about
    for word in keywords:
        yield word, level, about


def _left_out(basics: Mapping[str, Any]) -> list[str]:
    location = _mapping(basics.get("location"))
    codes = {
        "photo": basics.get("image") or basics.get("picture"),
        "address": location.get("address") or location.get("postalCode") or location.get("city"),
        "contact": basics.get("email") or basics.get("phone") or basics.get("profiles"),
        "birth": basics.get("birthDate") or basics.get("birth") or basics.get("age"),
        "nationality": basics.get("nationality") or basics.get("citizenship"),
        "family": basics.get("maritalStatus"),
    }
    return [code for code, held in codes.items() if held]


def _told(work: Mapping[str, Any]) -> str:
    return " ".join(filter(None, [_text(work, "summary"), _joined(work, "highlights")]))


def _month(source: Mapping[str, Any], name: str) -> str:
    day = _text(source, name)
    parts = day.split("-")
    if not all(part.isdecimal() and part.isascii() for part in parts) or len(parts[0]) != 4:
        return ""
    return "-".join(parts[:2]) if len(parts) > 1 and len(parts[1]) == 2 else parts[0]


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _mappings(source: Mapping[str, Any], name: str, limits: Limits) -> Iterable[Mapping[str, Any]]:
    value = source.get(name)
    listed = value[: limits.records] if isinstance(value, list) else []
    return (one for one in listed if isinstance(one, dict))


def _listed(source: Mapping[str, Any], name: str) -> list[str]:
    value = source.get(name)
    return [_line(one) for one in value[:200]] if isinstance(value, list) else []


def _joined(source: Mapping[str, Any], name: str) -> str:
    return " ".join(filter(None, _listed(source, name)))


def _text(source: Mapping[str, Any], name: str) -> str:
    return _line(source.get(name))


def _line(value: Any) -> str:
    # A lone surrogate, which JSON can write and no encoding can, is shown as unknown.
    text = value if isinstance(value, str) else ""
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())
