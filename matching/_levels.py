"""Skills as profiles state them and as postings ask for them, with their levels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LEVELS = range(5)
"""Levels of a skill, from 0 (notions) to 4 (reference for others)."""


@dataclass(frozen=True)
class HeldSkill:
    """A skill that a profile states, with its code when it comes from the referential.

    ``proven_level`` is the one that somebody else found: it tells *proven* from *claimed*, and earns
    nothing.
    """

    label: str
    code: str | None = None
    level: int | None = None
    proven_level: int | None = None

    def __post_init__(self) -> None:
        _check_level(self.level)
        _check_level(self.proven_level)

    def to_dict(self) -> dict[str, Any]:
        """Give the skill as JSON-safe values, always in the same order of keys.

        What nobody proved is left out: what was kept before levels were proven says the same.
        """
        said = {"label": self.label, "code": self.code, "level": self.level}
        return said if self.proven_level is None else {**said, "proven_level": self.proven_level}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> HeldSkill:
        """Read back what ``to_dict`` wrote; raise ``ValueError`` on anything else."""
        check_keys(cls, data, required="label")
        return cls(**data)


@dataclass(frozen=True)
class AskedSkill:
    """A skill that a posting asks for; ``must`` when the ministry said that it is essential."""

    label: str
    code: str | None = None
    level: int | None = None
    must: bool = False

    def __post_init__(self) -> None:
        _check_level(self.level)

    def to_dict(self) -> dict[str, Any]:
        """Give the skill as JSON-safe values, always in the same order of keys."""
        return {"label": self.label, "code": self.code, "level": self.level, "must": self.must}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> AskedSkill:
        """Read back what ``to_dict`` wrote; raise ``ValueError`` on anything else."""
        check_keys(cls, data, required="label")
        return cls(**data)


def _check_level(level: int | None) -> None:
    if level is not None and level not in LEVELS:
        raise ValueError(f"a level lies between 0 and 4, not {level!r}")


def check_keys(cls: type, data: Mapping[str, Any], required: str) -> None:
    """Raise ``ValueError`` on a key that a class does not have, or without the required one."""
    known = cls.__dataclass_fields__  # type: ignore[attr-defined]
    if unknown := sorted(set(data) - set(known)):
        raise ValueError(f"{cls.__name__} has no {', '.join(unknown)}")
    if required not in data:
        raise ValueError(f"{cls.__name__} needs its {required}")
