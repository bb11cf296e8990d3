"""The command line, run as its users run it: a process, an environment, files."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from talentpool.config import Settings

Run = Callable[..., "subprocess.CompletedProcess[str]"]

PROFILES = [
    {"id": "p1", "headline": "Développeuse Python", "families": ["Développement"]},
    {"id": "p2", "headline": "Juriste", "families": ["Juriste"], "skills": ["Contrats rares"]},
]
PRODUCTION = {
    "APP_PROFILE": "production",
    "SECRET_KEY": "a secret that nobody could guess, long enough",
    "PUBLIC_URL": "https://vivier.example",
}
NEEDS = [
    {
        "id": "b1",
        "title": "Guichet",
        "summary": "Un guichet pour les mairies",
        "text": "Développer en Python.",
        "families": ["Développement", "Juriste"],
    }
]


def _write(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def _runner(database: Path) -> Run:
    outside = {k: v for k, v in os.environ.items() if k.lower() not in Settings.model_fields}
    environment = outside | {"APP_PROFILE": "development", "DATABASE_URL": f"sqlite:///{database}"}
    command = str(Path(sys.executable).with_name("talentpool"))

    def run(*arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [command, *arguments],
            env=environment | settings,
            cwd=database.parent,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture(scope="module")
def filled_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of a database with tables and reference data, to be copied."""
    database = tmp_path_factory.mktemp("cli") / "template.db"
    for command in ("migrate", "organisations load", "skills load"):
        done = _runner(database)(*command.split())
        assert done.returncode == 0, done.stderr
    return database


@pytest.fixture
def talentpool(tmp_path: Path) -> Run:
    """Return a runner of `talentpool` on a database that does not exist yet."""
    return _runner(tmp_path / "cli.db")


@pytest.fixture
def ready(tmp_path: Path, filled_once: Path) -> Run:
    """Return a runner of `talentpool` on a database with tables and reference data."""
    shutil.copy(filled_once, tmp_path / "cli.db")
    return _runner(tmp_path / "cli.db")


def test_a_file_comes_in_once_is_ranked_and_goes_out_again(ready: Run, tmp_path: Path) -> None:
    people = _write(tmp_path / "profiles.jsonl", PROFILES)
    needs = _write(tmp_path / "needs.jsonl", NEEDS)

    tried = ready("import", "profiles", str(people), "--source", "test", "--dry-run")
    assert "2 created" in tried.stdout
    first = ready("import", "profiles", str(people), "--source", "test")
    assert "2 created, 0 updated, 0 unchanged, 0 rejected" in first.stdout
    assert "Contrats rares" in first.stdout
    again = ready("import", "profiles", str(people), "--source", "test")
    assert "0 created, 0 updated, 2 unchanged, 0 rejected" in again.stdout
    assert "1 created" in ready("import", "needs", str(needs)).stdout

    ranked = ready("matches", "rank", "1")
    assert ranked.returncode == 0, ranked.stderr
    assert "2 people" in ranked.stdout
    assert ready("matches", "replay", "1").stdout == "Identical.\n"
    assert ready("journal", "verify").stdout == "The journal is whole.\n"

    for ending in ("jsonl", "csv", "xlsx"):
        out = tmp_path / f"out.{ending}"
        assert ready("export", "profiles", "--out", str(out)).returncode == 0
        back = ready("import", "profiles", str(out), "--source", "test")
        assert "0 created, 0 updated, 2 unchanged, 0 rejected" in back.stdout


def test_bad_rows_are_told_and_good_ones_go_in(ready: Run, tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("id;headline;families\np1;Data scientist;Data\n;Sans numéro;Data\n")
    report = tmp_path / "report.csv"
    done = ready("import", "profiles", str(table), "--report", str(report))
    assert "1 created, 0 updated, 0 unchanged, 1 rejected" in done.stdout
    assert f"Source {tmp_path.name}:" in done.stdout
    assert "line 3, id" in done.stderr
    assert "3;id;" in report.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("matches rank 7", "There is no seat 7."),
        ("matches replay 7", "There is no ranking 7."),
        ("account reset-factors no@one.example", "no@one.example has no account."),
        ("export profiles --out people.pdf", "people.pdf must end in"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(ready: Run, command: str, told: str) -> None:
    done = ready(*command.split())
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_the_settings_are_printed_without_their_secrets(talentpool: Run) -> None:
    done = talentpool(
        "config",
        SECRET_KEY="a hidden secret, hidden from everybody who looks",
        DATABASE_URL="postgresql+psycopg://me:hidden@db.example/pool?password=hidden",
        RATE_LIMIT_STORAGE="redis://:hidden@redis.example:6379/0",
    )
    assert "APP_PROFILE=development" in done.stdout
    assert "DATABASE_URL=postgresql+psycopg://********@db.example/pool?********" in done.stdout
    assert "RATE_LIMIT_STORAGE=redis://********@redis.example:6379/0" in done.stdout
    assert "hidden" not in done.stdout


def test_unsafe_settings_are_refused_in_plain_words(talentpool: Run) -> None:
    done = talentpool("migrate", APP_PROFILE="production")
    assert done.returncode == 2
    assert "SECRET_KEY" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_demo_is_seeded_once_and_kept_out_of_production(talentpool: Run) -> None:
    talentpool("migrate")
    assert talentpool("demo", "seed").stdout == "Demo seeded.\n"
    assert "nothing seeded" in talentpool("demo", "seed").stdout
    code = talentpool("demo", "code", "agence@demo.example").stdout
    assert re.fullmatch(r"\d{6}\n", code)
    assert "no demo account" in talentpool("demo", "code", "talent@demo.example").stderr
    reset = talentpool("account", "reset-factors", "agence@demo.example").stdout
    assert reset.startswith("1 second factors taken away")
    refused = talentpool("serve", **PRODUCTION)
    assert refused.returncode == 2
    assert "Demo accounts exist" in refused.stderr
    assert "disabled" in talentpool("demo", "remove-accounts", **PRODUCTION).stdout
    assert talentpool("journal", "head", **PRODUCTION).returncode == 0


def test_the_demo_is_never_seeded_in_production(talentpool: Run) -> None:
    assert talentpool("migrate", **PRODUCTION).returncode == 0
    refused = talentpool("demo", "seed", **PRODUCTION)
    assert refused.returncode == 1
    assert "Not in production" in refused.stderr
