"""The measures by hand, the protocol to the letter, and each posting alone."""

import json
import math
import subprocess
import sys

import numpy as np
import pytest

from matching import evaluation
from matching.__main__ import main

POSTINGS = [
    {"id": "b1", "title": "Cartographie", "families": ["Data"], "text": "Des cartes en Python."},
    {"id": "b2", "title": "Formulaires", "families": ["Design"], "text": "Une ergonomie soignée."},
    {"id": "b3", "title": "Registre", "families": [], "themes": ["Justice"], "skills": ["Java"]},
]
PROFILES = [
    {"id": "p1", "headline": "Cartographe", "families": ["Data"], "skills": ["Python"]},
    {"id": "p2", "headline": "Ergonome", "families": ["Design"], "text": "Formulaires soignés."},
    {"id": "p3", "headline": "Juriste", "families": ["Droit"], "experience": ["Java et justice"]},
    {"id": "p4", "headline": "Ergonome", "families": ["Data"], "text": "Formulaires soignés."},
    {"id": "p5", "headline": "Sans rapport", "families": []},
]
QRELS = "b1\t0\tp1\t1\nb2\t0\tp2\t1\nb3\t0\tp3\t1\nb3\t0\tp1\t0\n"


@pytest.fixture
def folder(tmp_path):
    def write(*, postings=POSTINGS, profiles=PROFILES, qrels=QRELS):
        target = tmp_path / f"folder-{len(list(tmp_path.iterdir()))}"
        target.mkdir()
        for name, rows in (("postings", postings), ("profiles", profiles)):
            lines = "".join(json.dumps(row) + "\n" for row in rows)
            (target / f"{name}.jsonl").write_text(lines, encoding="utf-8")
        if qrels is not None:
            (target / "qrels.tsv").write_text(qrels, encoding="utf-8")
        return target

    return write


def run_of(folder, mode="families"):
    out = folder / f"{mode}.tsv"
    assert main(["rank", str(folder), "--out", str(out), "--mode", mode]) == 0
    return out.read_text(encoding="utf-8")


class TestMeasures:
    def test_they_are_those_of_the_books(self):
        figures = evaluation.measures(["x", "a", "y", "b"], {"a", "b", "c"})
        ideal = 1 + 1 / math.log2(3) + 1 / math.log2(4)
        assert figures == {
            "map": pytest.approx((1 / 2 + 2 / 4) / 3),
            "ndcg@10": pytest.approx((1 / math.log2(3) + 1 / math.log2(5)) / ideal),
            "mrr": 1 / 2,
            "recall@10": pytest.approx(2 / 3),
        }

    def test_what_comes_after_ten_counts_for_map_and_mrr_alone(self):
        figures = evaluation.measures([*"abcdefghij", "found"], {"found"})
        assert figures == {"map": 1 / 11, "ndcg@10": 0, "mrr": 1 / 11, "recall@10": 0}

    def test_the_ideal_stops_at_ten(self):
        relevant = [f"p{number}" for number in range(12)]
        assert evaluation.measures(relevant, relevant)["ndcg@10"] == pytest.approx(1)

    def test_nothing_relevant_is_zero(self):
        assert set(evaluation.measures(["a"], ()).values()) == {0.0}


class TestDifference:
    def test_it_is_paired_and_repeatable(self):
        ours, theirs = np.array([0.5, 0.9, 0.2]), np.array([0.4, 0.8, 0.1])
        gain, ratio = evaluation.difference(ours, theirs)
        assert gain.low == pytest.approx(gain.value) == pytest.approx(gain.high)
        assert ratio.low < ratio.value < ratio.high
        assert evaluation.difference(ours, theirs) == (gain, ratio)


class TestEvaluate:
    def test_it_prints_what_the_protocol_names(self, folder, capsys):
        assert main(["evaluate", str(folder()), "--json"]) == 0
        report = json.loads(capsys.readouterr().out)
        assert list(report) == ["protocol", "n_postings", "families", "text"]
        assert (report["protocol"], report["n_postings"]) == (1, 3)
        for mode in ("families", "text"):
            assert list(report[mode]) == ["product", "tfidf_default", "bm25"]
            assert list(report[mode]["product"]) == ["map", "ndcg@10", "mrr", "recall@10"]
        assert report["families"]["product"]["mrr"] == 1.0

    def test_the_table_says_what_the_json_says(self, folder, capsys):
        assert main(["evaluate", str(folder())]) == 0
        assert "product - bm25" in capsys.readouterr().out

    def test_without_the_bench_extra_it_names_it(self, folder, monkeypatch, capsys):
        monkeypatch.setitem(sys.modules, "bm25s", None)
        assert main(["evaluate", str(folder())]) == 2
        assert "bench" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            ({"qrels": None}, "qrels.tsv: No such file"),
            ({"qrels": "b1\t0\tnobody\t1\n"}, "qrels.tsv:1: no profile has the id 'nobody'"),
            ({"qrels": "b1 p1\n"}, "qrels.tsv:1: expected posting"),
            ({"postings": [{"title": "?"}]}, "postings.jsonl:1: 'id' must be a text"),
            ({"profiles": [*PROFILES, PROFILES[0]]}, "profiles.jsonl:6: the id 'p1' was given"),
            ({"postings": []}, "no posting to rank for"),
        ],
    )
    def test_a_bad_folder_is_told_by_line(self, folder, capsys, changes, told):
        assert main(["evaluate", str(folder(**changes))]) == 2
        assert told in capsys.readouterr().err


class TestRank:
    def test_every_profile_has_a_line_for_every_posting(self, folder):
        rows = [line.split("\t") for line in run_of(folder()).splitlines()]
        assert len(rows) == len(POSTINGS) * len(PROFILES)
        assert {tuple(row[1::4]) for row in rows} == {("Q0", "talentpool")}
        for posting in POSTINGS:
            own = [row for row in rows if row[0] == posting["id"]]
            assert [int(row[3]) for row in own] == [1, 2, 3, 4, 5]
            assert sorted(row[2] for row in own) == [profile["id"] for profile in PROFILES]

    def test_the_eligible_come_first_by_score_then_the_others_by_score_then_by_id(self, folder):
        rows = [line.split("\t") for line in run_of(folder()).splitlines()]
        own = [(row[2], float(row[4])) for row in rows if row[0] == "b2"]
        eligible, others = own[:2], own[2:]
        assert [key for key, _ in eligible] == ["p2", "p5"]
        assert others == sorted(others, key=lambda one: (-one[1], one[0]))
        assert others[0] == ("p4", eligible[0][1])

    def test_in_text_mode_everyone_is_eligible_and_twins_go_by_id(self, folder):
        rows = [line.split("\t") for line in run_of(folder(), "text").splitlines()]
        assert [row[2] for row in rows if row[0] == "b2"][:2] == ["p2", "p4"]

    @pytest.mark.parametrize("mode", evaluation.MODES)
    def test_each_posting_is_ranked_alone(self, folder, mode):
        whole = run_of(folder(), mode)
        assert run_of(folder(qrels=None), mode) == whole
        assert run_of(folder(postings=POSTINGS[::-1], profiles=PROFILES[::-1]), mode) == whole
        alone = "".join(run_of(folder(postings=[posting]), mode) for posting in POSTINGS)
        assert alone == whole

    def test_the_ministry_the_town_and_the_cohort_are_never_read(self, folder):
        postings = [row | {"organisation": "Java", "town": "Python"} for row in POSTINGS]
        profiles = [row | {"cohort": "Cartographie"} for row in PROFILES]
        assert run_of(folder(postings=postings, profiles=profiles)) == run_of(folder())

    def test_another_process_writes_the_same_bytes(self, folder, tmp_path):
        source, out = folder(), tmp_path / "run.tsv"
        command = [sys.executable, "-m", "matching", "rank", str(source), "--out", str(out)]
        subprocess.run(command, check=True, env={"PYTHONHASHSEED": "7"})
        assert out.read_text(encoding="utf-8") == run_of(source)

    def test_a_place_that_cannot_be_written_is_told(self, folder, tmp_path, capsys):
        out = tmp_path / "missing" / "run.tsv"
        assert main(["rank", str(folder()), "--out", str(out)]) == 2
        assert "run.tsv" in capsys.readouterr().err
