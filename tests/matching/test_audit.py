"""The audit on folders made for it: what it measures, what it says, and that it can find a fault."""

import json
import math

import pytest

from matching import Posting, Ranker, evaluation
from matching.__main__ import main
from matching.measures import audit, twins
from matching.measures.folder import read_postings, read_profiles

POSTINGS = [
    {"id": "b1", "title": "Développeuse Python", "families": ["Dev"], "text": "Une passionnée."},
    {"id": "b2", "title": "Rédacteur juridique", "families": ["Droit"], "text": "Des décrets."},
]
PROFILES = [
    {"id": f"p{n:02}", "headline": "Développeur Python", "families": ["Dev"], "group": "A"}
    for n in range(10)
] + [
    {"id": f"q{n:02}", "headline": "Développeuse", "families": ["Dev"], "group": "B"}
    for n in range(10)
] + [{"id": "r", "headline": "Rédactrice de décrets", "families": ["Droit"]}]  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    def write(profiles=PROFILES, postings=POSTINGS):
        for name, rows in (("postings", postings), ("profiles", profiles)):
            lines = "".join(json.dumps(row) + "\n" for row in rows)
            (tmp_path / f"{name}.jsonl").write_text(lines, encoding="utf-8")
        return tmp_path

    return write


def audited(folder):
    return audit.audit(read_postings(folder), read_profiles(folder))


class TestTwins:
    def test_every_writing_is_tried_on_both_sides_and_changes_nothing(self, folder):
        found = audited(folder())
        assert {(check.side, check.writing) for check in found.twins} == {
            (side, writing.value) for side in ("profiles", "postings") for writing in twins.Writing
        }
        assert all(check.texts > 0 for check in found.twins if check.writing == "swapped")
        assert found.is_invariant

    def test_a_word_read_apart_from_its_twin_is_found(self, folder, monkeypatch):
        monkeypatch.setitem(
            twins._LISTED, "python", twins.Pair("python", "serpent", False, False, False)
        )
        twins.pair_of.cache_clear()
        found = audited(folder())
        twins.pair_of.cache_clear()
        assert not found.is_invariant
        swapped = next(check for check in found.twins if check.side == "profiles")
        assert swapped.score > 0.1
        assert "TWINS DO NOT RANK ALIKE." in audit.lines(found)


class TestGroups:
    def test_shares_are_of_those_listed_and_exposure_falls_with_the_rank(self, folder):
        first, second = audited(folder()).groups
        assert (first.group, first.people, second.group) == ("A", 10, "B")
        # « b1 » lists all twenty, A first; « b2 » lists the writer alone, who is of no group.
        assert first.share == second.share == 0.5
        discounts = [1 / math.log2(1 + rank) for rank in range(1, 21)]
        assert first.exposure == pytest.approx(sum(discounts[:10]) / sum(discounts))
        assert (first.rate, second.rate) == (1, 0)
        assert (first.ratio.value, second.ratio.value) == (1, 0)

    def test_the_four_fifths_rule_is_said(self, folder):
        text = "\n".join(audit.lines(audited(folder())))
        assert "Under four fifths of the highest rate: B." in text

    def test_it_says_when_nobody_states_a_group(self, folder):
        found = audited(folder([{**profile, "group": None} for profile in PROFILES]))
        assert found.groups == ()
        assert any("No profile has a 'group'" in line for line in audit.lines(found))

    def test_a_group_never_reaches_the_ranker(self, folder):
        documents = read_profiles(folder())
        assert {document.group for document in documents} == {"A", "B", ""}
        assert not any(hasattr(evaluation.as_profile(one), "group") for one in documents)


class TestSensitivity:
    def test_it_is_what_ranking_without_the_word_gives(self, folder):
        people = [
            {"id": f"p{n:02}", "headline": "topographie" if n % 3 else "Python", "text": "cadastre" * (n > 8)}
            for n in range(18)
        ]  # fmt: skip
        at = folder(people, [{"id": "b", "title": "Python, cadastre, topographie"}])
        ranker = Ranker().fit(map(evaluation.as_profile, read_profiles(at)))

        def top(title):
            return {key for key, _ in ranker.order(Posting("b", title=title))[:10]}

        whole = top("Python, cadastre, topographie")
        expected = {
            "Python": len(whole - top("cadastre, topographie")),
            "cadastre": len(whole - top("Python, topographie")),
            "topographie": len(whole - top("Python, cadastre")),
        }
        measured = audit.sensitivity(read_postings(at), ranker)
        assert measured.removals == 3
        assert {term.label: term.replaced for term in measured.terms} == {
            label: count for label, count in expected.items() if count
        }
        assert measured.mean_of_most == max(expected.values()) > 0

    def test_somebody_far_below_may_enter(self, folder, monkeypatch):
        monkeypatch.setattr(audit, "READ_AT_FIRST", 12)
        people = [
            {"id": f"p{n:02}", "headline": "Python" if n < 12 else "cadastre"} for n in range(30)
        ]
        at = folder(people, [{"id": "b", "title": "Python Python Python", "text": "cadastre"}])
        ranker = Ranker().fit(map(evaluation.as_profile, read_profiles(at)))
        measured = audit.sensitivity(read_postings(at), ranker)
        assert measured.terms[0].replaced == 10


class TestCommand:
    def test_it_prints_lines_or_json(self, folder, capsys):
        at = str(folder())
        assert main(["audit", at]) == 0
        assert "Twins rank alike." in capsys.readouterr().out
        assert main(["audit", at, "--json"]) == 0
        report = json.loads(capsys.readouterr().out)
        assert report["is_invariant"] is True
        assert report["groups"][1]["ratio"][0] == 0

    def test_it_says_what_is_wrong_with_a_folder(self, folder, capsys):
        assert main(["audit", str(folder([{"id": "a", "group": 3}]))]) == 2
        assert "'group' must be a text" in capsys.readouterr().err
