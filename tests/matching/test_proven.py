"""What somebody else found of a skill proves it, and earns nothing."""

import dataclasses

import pytest

from matching import Answer, AskedSkill, HeldSkill, Posting, Profile, Ranker
from tests.matching.test_criteria import skilled
from tests.matching.test_ranker import everyone

UNKNOWN, CLAIMED, PROVEN = Answer.UNKNOWN, Answer.CLAIMED, Answer.PROVEN


@pytest.mark.parametrize(
    ("proven", "asked", "expected"),
    [
        (3, 3, PROVEN),
        (4, 3, PROVEN),
        (2, 3, CLAIMED),
        (0, None, PROVEN),
        (0, 0, PROVEN),
        (None, 3, CLAIMED),
        (None, None, CLAIMED),
    ],
)
@pytest.mark.parametrize("level", [None, 1, 4])
def test_a_skill_found_at_the_level_asked_is_proven_and_counts_no_more(
    proven, asked, expected, level
):
    wanted = (AskedSkill("Python", level=asked),)
    claimed = skilled((HeldSkill("Python", level=level),), wanted)
    found = skilled((HeldSkill("Python", level=level, proven_level=proven),), wanted)
    assert found.criteria[-1].answer is expected
    assert (found.score, found.low, found.high) == (claimed.score, claimed.low, claimed.high)
    assert found.reasons == claimed.reasons
    assert dataclasses.replace(found.criteria[-1], answer=CLAIMED) == claimed.criteria[-1]


def test_skills_are_proven_when_each_of_them_is():
    asked = (AskedSkill("Python", level=2), AskedSkill("Rust"))
    python, rust = HeldSkill("Python", proven_level=2), HeldSkill("Rust", proven_level=1)
    assert skilled((python, rust), asked).criteria[-1].answer is PROVEN
    assert skilled((python, HeldSkill("Rust")), asked).criteria[-1].answer is CLAIMED
    assert skilled((python,), asked).criteria[-1].answer is UNKNOWN


def test_a_skill_is_proven_under_its_code_and_for_whoever_was_assessed_alone():
    asked = (AskedSkill("Apprentissage automatique", code="machine-learning", level=2),)
    pool = [
        Profile("a", skills=(HeldSkill("ML", code="machine-learning", level=2, proven_level=3),)),
        Profile("b", skills=(HeldSkill("ML", code="machine-learning", level=2),)),
        Profile("c", skills=(HeldSkill("ML", code="machine-learning", proven_level=2),)),
    ]
    ranker = Ranker(criteria={"wished_skills": "soft"}).fit(pool)
    ranker.update([Profile("b", skills=(HeldSkill("ML", code="machine-learning", level=3),))])
    ranking = ranker.rank(Posting("p", skills=asked))
    answers = {one.key: one.criteria[-1].answer for one in everyone(ranking)}
    assert answers == {"a": PROVEN, "b": CLAIMED, "c": PROVEN}


def test_what_nobody_proved_is_written_as_before_levels_were_proven():
    before = {"label": "Python", "code": None, "level": 2}
    assert HeldSkill.from_dict(before).to_dict() == before
    proven = HeldSkill("Python", level=2, proven_level=3)
    assert HeldSkill.from_dict(proven.to_dict()) == proven
    with pytest.raises(ValueError, match="level"):
        HeldSkill("Python", proven_level=5)
