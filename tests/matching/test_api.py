"""What the package promises to its callers, names included."""

import doctest
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import matching
from matching import AskedSkill, HeldSkill, Posting, Profile, Ranker, SpokenLanguage

PROFILE = Profile(
    key="t-1",
    headline="Développeuse",
    families=("dev", "data"),
    skills=(HeldSkill("Python", code="python", level=3), HeldSkill("Rust")),
    experience=("Un service pour les agents.",),
    text="J’aime les données.",
    available_from=date(2026, 9, 1),
    share_pct=80,
    town="Lyon",
    remote_days=2,
    statuses=("contractor",),
    clearances=("secret",),
    languages=(SpokenLanguage("en", "B2"),),
    seniority_years=7,
    wishes=("Santé",),
    other_towns=("Grenoble",),
)
POSTING = Posting(
    key="b-1",
    title="Un défi",
    summary="Aider les agents",
    text="Le contexte.",
    themes=("Santé",),
    skills=(AskedSkill("Python", code="python", level=2, must=True),),
    families=("dev",),
    starts_on=date(2026, 10, 1),
    ends_on=date(2027, 3, 31),
    share_pct=80,
    town="Paris",
    remote_days=3,
    statuses=("contractor", "freelance"),
    clearance="secret",
    languages=(SpokenLanguage("en"),),
    seniority_years=5,
)


def test_only_these_names_are_public():
    assert sorted(matching.__all__) == [
        "Answer", "AskedSkill", "Comparison", "Criterion", "CriterionDifference", "DecidedBy",
        "Difference", "HeldSkill", "Missing", "Mode", "NotFitted", "Posting", "Profile", "Ranker",
        "Ranking", "Reason", "Referential", "Skill", "SpokenLanguage", "Suggestion",
        "UnreadableIndex", "__version__", "compare", "displayed_parts",
    ]  # fmt: skip
    assert all(hasattr(matching, name) for name in matching.__all__)


def test_the_example_of_the_package_runs():
    assert doctest.testmod(matching).failed == 0
    assert doctest.testmod(matching).attempted > 0


def test_importing_the_package_loads_no_web_no_database_and_no_scikit_learn():
    code = (
        "import sys, matching; "
        "print([m for m in ('flask', 'sqlalchemy', 'talentpool', 'sklearn') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("value", [PROFILE, POSTING, Profile("t-2"), Posting("b-2")])
def test_what_is_stored_comes_back_the_same(value):
    assert type(value).from_dict(value.to_dict()) == value


def test_a_stored_profile_keeps_the_order_of_its_keys():
    assert list(PROFILE.to_dict()) == list(Profile.__dataclass_fields__)
    assert list(POSTING.to_dict()) == list(Posting.__dataclass_fields__)


def test_a_profile_stored_by_older_code_takes_defaults():
    assert Profile.from_dict({"key": "t-1"}) == Profile("t-1")


@pytest.mark.parametrize("data", [{"key": "t", "age": 30}, {"headline": "no key"}])
def test_what_is_not_a_stored_profile_is_refused(data):
    with pytest.raises(ValueError, match=r"Profile (has no age|needs its key)"):
        Profile.from_dict(data)


@pytest.mark.parametrize("kind", [HeldSkill, AskedSkill])
def test_a_level_outside_the_scale_is_refused(kind):
    with pytest.raises(ValueError, match="between 0 and 4"):
        kind("Python", level=5)


def test_levels_of_languages_and_days_of_a_week_outside_the_scale_are_refused():
    with pytest.raises(ValueError, match="between A1 and C2"):
        SpokenLanguage("en", "D1")
    with pytest.raises(ValueError, match="between 0 and 5 a week"):
        Profile("a", remote_days=6)
    with pytest.raises(ValueError, match="between 0 and 5 a week"):
        Posting("p", remote_days=-1)


def test_parameters_make_the_same_ranker_again():
    ranker = Ranker(headline=5.0, criteria={"dates": "soft"}, required_skills=("Python",))
    assert ranker.get_params()["headline"] == 5.0
    assert Ranker(**ranker.get_params()).get_params() == ranker.get_params()
    weights = [v for v in Ranker().get_params().values() if isinstance(v, int | float)]
    assert len(weights) == 16
    assert min(weights) > 0


def test_the_version_tells_the_code_and_data_that_ranked(tmp_path):
    def version_of(folder):
        code = "import matching; print(matching.__version__)"
        run = subprocess.run(
            [sys.executable, "-P", "-c", code],
            env=os.environ | {"PYTHONPATH": str(folder)},
            capture_output=True,
            text=True,
            check=True,
        )
        return run.stdout.strip()

    copy = tmp_path / "matching"
    shutil.copytree(Path(matching.__file__).parent, copy)
    assert version_of(tmp_path) == matching.__version__
    with (copy / "evaluation.py").open("a") as measuring:
        measuring.write("# Measured otherwise, ranked alike.\n")
    assert version_of(tmp_path) == matching.__version__
    with (copy / "_text.py").open("a") as analysis:
        analysis.write("# Read otherwise.\n")
    assert version_of(tmp_path) != matching.__version__
