"""Every setting, command and feature stands in the docs."""

import re
from pathlib import Path

import click
import pytest

import matching
from talentpool.access import Permission
from talentpool.cli import talentpool
from talentpool.config import Settings

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def operations() -> str:
    return (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def _commands(group: click.Group, prefix: str = "talentpool") -> list[str]:
    names = []
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            names += _commands(command, f"{prefix} {name}")
        else:
            names.append(f"{prefix} {name}")
    return names


def test_every_setting_is_documented(operations: str) -> None:
    assert [n for n in Settings.model_fields if f"`{n.upper()}`" not in operations] == []


def test_every_command_is_documented(operations: str) -> None:
    assert [name for name in _commands(talentpool) if f"`{name}" not in operations] == []


def test_every_feature_is_named_in_the_map() -> None:
    decisions = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8")
    features = [p.parent.name for p in (ROOT / "talentpool").glob("*/__init__.py")]
    assert [name for name in sorted(features) if f"`{name}`" not in decisions] == []


def test_every_permission_stands_in_the_rights_matrix() -> None:
    privacy = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    assert [p.name for p in Permission if p.value not in privacy] == []


def test_the_readme_starts_with_the_two_commands() -> None:
    top = "\n".join((ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:15])
    assert "make run" in top
    assert "make test" in top


def test_the_model_card_is_that_of_the_running_ranker() -> None:
    card = (ROOT / "docs" / "algorithm.md").read_text(encoding="utf-8")
    number, _, _ = matching.__version__.partition("+")
    assert f"Version {number} " in card
    told = dict(re.findall(r"^\| `(\w+)` \| (.+?) \|", card, re.MULTILINE))
    defaults = {name: str(value) for name, value in matching.Ranker().get_params().items()}
    assert told == defaults | {"referential": "the edited one"}
