"""CVs in Europass XML: the « SkillsPassport » of before 2020 and the « Candidate » of today."""

import html
import re
from xml.etree.ElementTree import Element

from talentpool.cv.document import Document, Entry
from talentpool.cv.limits import CvRefused, Limits, Refusal
from talentpool.cv.markup import local, named, parsed, words_of

_TAG = re.compile(r"<[^<>]{1,200}>")
_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?")
_CEFR = ("A1", "A2", "B1", "B2", "C1", "C2")


def europass(data: bytes, limits: Limits) -> Document:
    """Read a Europass CV; raises `CvRefused` on what is hostile, broken or something else."""
    root = parsed(data, limits)
    if local(root) == "SkillsPassport":
        document = _passport(root)
    elif local(root) == "Candidate":
        document = _candidate(root)
    else:
        raise CvRefused(Refusal.NOT_A_CV)
    document.text = "\n".join(
        filter(None, [document.text, *(entry.text for entry in document.experiences)])
    )
    return document


def _passport(root: Element) -> Document:
    skills = next(named(root, "Skills"), None)
    languages = [
        (words_of(one, "Label"), "C2" if local(one) == "MotherTongue" else _lowest(one))
        for one in named(root, "MotherTongue", "ForeignLanguage")
    ]
    mothers = {words_of(one, "Label") for one in named(root, "MotherTongue")}
    told = [
        _plain(words_of(one, "Description"))
        for one in ([] if skills is None else named(skills, "Computer", "JobRelated", "Other"))
    ]
    return Document(
        kind="xml",
        text="\n".join(told),
        headline=words_of(root, "Headline", "Description", "Label"),
        experiences=[
            Entry(
                title=words_of(one, "Position", "Label"),
                organisation=words_of(one, "Employer", "Name"),
                starts=_point(next(named(one, "From"), None)),
                ends=_point(next(named(one, "To"), None)),
                is_current=words_of(one, "Current") == "true",
                text=_plain(words_of(one, "Activities")),
            )
            for one in named(root, "WorkExperience")
        ],
        education=[
            Entry(
                title=words_of(one, "Title"),
                organisation=words_of(one, "Organisation", "Name"),
                ends=_point(next(named(one, "To"), None)),
            )
            for one in named(root, "Education")
        ],
        languages=[(name, "native" if name in mothers else level) for name, level in languages],
        left_out=_left_out(
            root,
            photo="Photo",
            address="Address",
            contact="ContactInfo",
            birth="Birthdate",
            nationality="Nationality",
            gender="Gender",
        ),
    )


def _candidate(root: Element) -> Document:
    languages, skills = [], []
    for one in named(root, "PersonCompetency"):
        code, name = words_of(one, "CompetencyID"), words_of(one, "CompetencyName")
        if words_of(one, "TaxonomyID").lower() == "language":
            mother = "CEF" not in "".join(one.itertext())
            languages.append((code or name, "native" if mother else _lowest(one)))
        elif name:
            skills.append((name, "", name))
    return Document(
        kind="xml",
        text=_plain(words_of(root, "ExecutiveSummary")),
        experiences=[_position(one) for one in named(root, "EmployerHistory")],
        education=[
            Entry(
                title=words_of(one, "DegreeName"),
                organisation=words_of(one, "OrganizationName"),
                ends=_day(words_of(one, "EndDate")),
            )
            for one in named(root, "EducationOrganizationAttendance")
        ],
        languages=languages,
        skills=skills,
        left_out=_left_out(
            root,
            photo="Attachment",
            address="Address",
            contact="Communication",
            birth="BirthDate",
            nationality="NationalityCode",
            gender="GenderCode",
        ),
    )


def _position(one: Element) -> Entry:
    return Entry(
        title=words_of(one, "PositionTitle"),
        organisation=words_of(one, "OrganizationName"),
        starts=_day(words_of(one, "StartDate")),
        ends=_day(words_of(one, "EndDate")),
        is_current=words_of(one, "CurrentIndicator").lower() == "true",
        text=_plain(words_of(one, "Description")),
    )


def _left_out(root: Element, **elements: str) -> list[str]:
    present = {local(element) for element in root.iter()}
    return [code for code, name in elements.items() if name in present]


def _lowest(one: Element) -> str:
    """Return the least of the levels that a language has in listening, reading and so on."""
    said = {word for element in one.iter() for word in (element.text or "").split()}
    return next((level for level in _CEFR if level in said), "")


def _point(element: Element | None) -> str:
    if element is None:
        return ""
    year, month = element.get("year", ""), element.get("month", "").strip("-")
    return _day(f"{year}-{month.zfill(2)}" if month else year)


def _day(text: str) -> str:
    found = _DAY.match(text)
    return "-".join(filter(None, found.groups())) if found else ""


def _plain(text: str) -> str:
    """Return what rich text says, without its tags."""
    return " ".join(html.unescape(_TAG.sub(" ", html.unescape(text))).split())
