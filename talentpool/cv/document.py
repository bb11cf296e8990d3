"""What reading a CV gives: its text and, when its format names them, its parts."""

from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

from talentpool.cv.limits import Limits

#: Characters of one field: longer ones are cut, and shown cut.
LONGEST = 4_000
SHORTEST_PARTS = 300


@dataclass(frozen=True)
class Entry:
    """One experience, or something studied; `starts` and `ends` are written 2019 or 2019-03, or are empty."""

    title: str = ""
    organisation: str = ""
    starts: str = ""
    ends: str = ""
    is_current: bool = False
    text: str = ""

    def cut(self) -> "Entry":
        """Return the entry cut to what one is read of."""
        return Entry(
            self.title[:SHORTEST_PARTS],
            self.organisation[:SHORTEST_PARTS],
            self.starts[:7],
            self.ends[:7],
            self.is_current,
            self.text[:LONGEST],
        )


@dataclass
class Document:
    """A CV as it was read; lists hold what a structured format says in so many words."""

    kind: str
    text: str = ""
    pages: int = 0
    pictures: int = 0
    headline: str = ""
    experiences: list[Entry] = field(default_factory=list)
    education: list[Entry] = field(default_factory=list)
    languages: list[tuple[str, str]] = field(default_factory=list)
    #: Label, level as it was written, and what the CV says of it.
    skills: list[tuple[str, str, str]] = field(default_factory=list)
    #: What was there and was left out, by `LeftOut` code.
    left_out: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Return the document as JSON-safe values."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Build the document that `to_dict` wrote; raises `ValueError` on anything else."""
        try:
            values = {item.name: data[item.name] for item in fields(cls)}
            return cls(
                **{
                    **values,
                    "experiences": [Entry(**entry) for entry in values["experiences"]],
                    "education": [Entry(**entry) for entry in values["education"]],
                    "languages": [(str(n), str(lv)) for n, lv in values["languages"]],
                    "skills": [(str(n), str(lv), str(s)) for n, lv, s in values["skills"]],
                }
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError("this is no document") from error

    def within(self, limits: Limits) -> Self:
        """Return the document cut to its limits."""
        return type(self)(
            kind=self.kind,
            text=self.text[: limits.characters],
            pages=self.pages,
            pictures=self.pictures,
            headline=self.headline[:SHORTEST_PARTS],
            experiences=[entry.cut() for entry in self.experiences[: limits.records]],
            education=[entry.cut() for entry in self.education[: limits.records]],
            languages=[(n[:60], lv[:60]) for n, lv in self.languages[: limits.records]],
            skills=[(n[:120], lv[:60], s[:300]) for n, lv, s in self.skills[: limits.records]],
            left_out=sorted(set(self.left_out)),
        )
