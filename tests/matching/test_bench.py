"""Pools drawn for measuring speed, the peers asked beside ours, and what the command tells of them."""

import json
import sys
from dataclasses import replace

import numpy as np
import pytest

from matching import HeldSkill, Posting, Profile, Ranker, Referential
from matching.__main__ import main
from matching._analysis import FIELDS, Reader
from matching._asked import asked_of
from matching._rows import Rows
from matching.measures import bench
from matching.measures.peers import Missing, Query, eligible, peers
from matching.measures.sampling import sample

PROFILES = [
    Profile(
        "a", "Cartographe", ("Data",), (HeldSkill("Python"),), ("Cartes des forêts",), "Des cartes."
    ),
    Profile(
        "b", "Ergonome", ("Design",), text="Des formulaires soignés, et encore des formulaires."
    ),
    Profile("c", "Juriste", (), (HeldSkill("Java"),), text="Le droit des forêts et des cartes."),
]
POSTINGS = [
    {"id": "1", "title": "Cartographie", "families": ["Data"], "text": "Des cartes en Python."},
    {"id": "2", "title": "Formulaires", "families": ["Design"], "text": "Une ergonomie soignée."},
    {"id": "3", "title": "Droit des forêts", "families": [], "skills": ["Java"]},
    {"id": "4", "title": "Rien que personne ne dise"},
]
SIZE = 50


@pytest.fixture(scope="module")
def pool():
    return sample(PROFILES, SIZE, Referential.default())


@pytest.fixture
def folder(tmp_path):
    profiles = [
        {
            "id": one.key,
            "headline": one.headline,
            "families": list(one.families),
            "skills": [skill.label for skill in one.skills],
            "experience": list(one.experience),
            "text": one.text,
        }
        for one in PROFILES
    ]
    for name, rows in (("postings", POSTINGS), ("profiles", profiles)):
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path


def read_by_number():
    reader = Reader(Referential.default())
    return [reader.read(profile) for profile in PROFILES]


class TestSample:
    def test_is_the_same_each_time(self, pool):
        again = sample(PROFILES, SIZE, Referential.default())
        for name in ("drawn", "starts", "terms", "counts"):
            assert np.array_equal(getattr(again, name), getattr(pool, name))

    def test_each_field_keeps_its_length_and_takes_its_terms_from_that_field_alone(self, pool):
        read = read_by_number()
        stock = [
            {t for one in read for t, n in zip(one.occurrences, one.counts[:, f], strict=True) if n}
            for f in range(len(FIELDS))
        ]
        assert set(pool.drawn.tolist()) == {0, 1, 2}
        for row, drawn in enumerate(pool.drawn.tolist()):
            own = slice(pool.starts[row], pool.starts[row + 1])
            counts = pool.counts[own]
            assert counts.sum(axis=0).tolist() == read[drawn].counts.sum(axis=0).tolist()
            names = [pool.names[term] for term in pool.terms[own]]
            assert names == sorted(names)
            for field, terms in enumerate(stock):
                dealt = {n for n, c in zip(names, counts[:, field], strict=True) if c}
                assert dealt <= terms

    def test_terms_come_as_often_as_they_are_said(self):
        said = Profile("a", text="Cartes du droit, cartes des forêts, cartes des routes.")
        read = Reader(Referential.default()).read(said)
        many = sample([said], 5_000, Referential.default())
        dealt = np.bincount(many.terms, many.counts.sum(axis=1))
        assert {1, 3} <= set(read.counts.sum(axis=1).tolist())
        assert dealt / 5_000 == pytest.approx(read.counts.sum(axis=1), rel=0.1)

    def test_what_was_written_belongs_to_the_entries(self, pool):
        for row, one in enumerate(pool.rows.analyses):
            own = slice(pool.starts[row], pool.starts[row + 1])
            assert list(one.occurrences) == [pool.names[term] for term in pool.terms[own]]
            for each, counts in zip(one.occurrences.values(), one.counts.tolist(), strict=True):
                assert [field for field, _, _ in each] == [f for f, c in enumerate(counts) if c]

    def test_an_order_moves_whole_profiles(self, pool):
        order = np.argsort(-pool.drawn, kind="stable")
        taken = pool.taken(order)
        assert sorted(taken.drawn.tolist()) == sorted(pool.drawn.tolist())
        before, after = list(pool.tokens()), list(taken.tokens())
        for row, old in enumerate(order.tolist()):
            assert taken.drawn[row] == pool.drawn[old]
            assert after[row].tolist() == before[old].tolist()

    def test_tokens_repeat_terms_as_often_as_they_stand_in_a_profile(self, pool):
        lengths = [len(tokens) for tokens in pool.tokens()]
        assert lengths == [int(read_by_number()[d].counts.sum()) for d in pool.drawn.tolist()]


class TestPeers:
    def test_all_find_the_eligible_who_share_most(self, pool):
        families = [PROFILES[place].families for place in pool.drawn.tolist()]
        number = pool.names.index("formulair")
        holders = {row for row, tokens in enumerate(pool.tokens()) if number in tokens}
        may = set(np.flatnonzero(eligible(families, ("Design",))).tolist())
        assert holders & may
        assert may != set(range(SIZE))
        expected = min(len(holders & may), 10)
        asked = peers(pool, families, [Query([number], ("Design",))], 10)
        assert not [one.why for one in asked.values() if isinstance(one, Missing)]
        for ask in asked.values():
            found = [int(row) for row in ask(0)]
            assert set(found[:expected]) <= holders & may

    def test_who_names_no_family_may_be_meant_by_anyone(self):
        assert eligible([("A",), (), ("B", "A")], ("B",)).tolist() == [False, True, True]
        assert eligible([("A",), ()], ()).tolist() == [True, True]

    def test_ours_keeps_a_sample_as_fit_keeps_its_profiles(self, pool):
        read = read_by_number()
        rows = Rows.of(read)
        known = {term: number for number, term in enumerate(pool.names)}
        terms = np.array([known[term] for one in read for term in one.occurrences], dtype=np.int32)
        undealt = replace(
            pool, drawn=np.arange(len(read)), starts=rows.starts, terms=terms, counts=rows.counts
        )
        keyed = [replace(one, key=f"{row:07d}") for row, one in enumerate(PROFILES)]
        fitted = Ranker().fit(keyed)
        learnt = bench._learnt(undealt, PROFILES)
        # A new way to keep the pool that this module doesn't follow would be measured without it.
        assert learnt.keys_ == fitted.keys_
        assert learnt.index_.sizes == fitted.index_.sizes
        for text in ("Cartes des forêts", "Formulaires en Java", "Droit"):
            asked = asked_of(Posting("p", title=text), Referential.default())
            ones = np.ones(len(asked.terms))
            questions = [i.question(asked.terms, ones) for i in (learnt.index_, fitted.index_)]
            shared = [
                i.shared(np.arange(3), question)
                for i, question in zip((learnt.index_, fitted.index_), questions, strict=True)
            ]
            assert shared[0].scores.tolist() == shared[1].scores.tolist()

    def test_ours_gives_the_first_of_the_whole_order(self, pool):
        with bench._ours(pool, PROFILES) as ours:
            posting = Posting("p", title="Cartes des forêts", families=("Data",))
            whole = [int(key) for key, _ in ours._ranker.order(posting)]
            assert list(ours.asking([posting], 10)(0)) == whole[:10]
            assert list(ours.asking_first([posting], 10)(0)) == whole[:10]
            # A profile that changes keeps its row's key, and is found by what it says now.
            ours.updates([Profile("x", text="Cartes des forêts", families=("Data",))])
            assert len(set(ours.asking([posting], SIZE)(0))) == SIZE


class TestCommand:
    def test_gives_figures_for_each_size(self, folder, capsys):
        assert main(["bench", str(folder), "--sizes", "30,50", "--queries", "5", "--json"]) == 0
        report = json.loads(capsys.readouterr().out)
        assert list(report) == ["30", "50"]
        for speed in report.values():
            assert speed["ratio_bm25s"] == pytest.approx(speed["ms"] / speed["ms_bm25s"])
            assert speed["ratio_tantivy"] == pytest.approx(speed["ms"] / speed["ms_tantivy"])
            assert speed["backend_bm25s"] in {"numpy", "numba"}
            assert speed["ms_first"] > 0
            assert 0 < speed["update_ms"] <= speed["update_ms_worst"]
            assert speed["entries"] > 0
            assert speed["bytes_per_profile"] > 0

    def test_does_without_peers_that_are_missing_and_says_so(self, folder, capsys, monkeypatch):
        for name in ("tantivy", "bm25s", "numba"):
            monkeypatch.setitem(sys.modules, name, None)
        assert main(["bench", str(folder), "--sizes", "20,30", "--queries", "2", "--json"]) == 0
        shown = capsys.readouterr()
        speed = json.loads(shown.out)["30"]
        assert speed["ms"] > 0
        assert {name for name, figure in speed.items() if figure is None} == {
            "ratio_bm25s",
            "ratio_bm25s_distinct",
            "ratio_tantivy",
            "ms_bm25s",
            "ms_bm25s_distinct",
            "ms_tantivy",
            "backend_bm25s",
        }
        assert shown.err.splitlines() == [
            "matching: bm25s is missing: install the 'bench' extra",
            "matching: tantivy is missing: install the 'bench' extra",
        ]

    def test_measures_bm25s_without_numba(self, folder, capsys, monkeypatch):
        monkeypatch.setitem(sys.modules, "numba", None)
        assert main(["bench", str(folder), "--sizes", "20", "--queries", "2"]) == 0
        shown = capsys.readouterr()
        assert "20 profiles" in shown.out
        assert "backend_bm25s      numpy" in shown.out
        assert "bm25s is measured without numba: install the 'bench' extra" in shown.err

    def test_takes_the_public_data_unless_told_and_says_where_it_looked(
        self, folder, capsys, monkeypatch
    ):
        monkeypatch.setenv("BENCHMARKS", str(folder / "nowhere"))
        assert main(["bench", "--sizes", "20"]) == 2
        shown = capsys.readouterr().err
        assert str(folder / "nowhere" / "eig") in shown
        assert str(folder / "nowhere" / "beta") in shown
        for name in ("eig", "beta"):
            (folder / name).mkdir()
            for file in ("postings.jsonl", "profiles.jsonl"):
                (folder / name / file).write_bytes((folder / file).read_bytes())
        monkeypatch.setenv("BENCHMARKS", str(folder))
        assert main(["bench", "--sizes", "20", "--queries", "2", "--json"]) == 0
        assert list(json.loads(capsys.readouterr().out)) == ["20"]

    @pytest.mark.parametrize("sizes", ["1000000", "0", "10,x", ""])
    def test_refuses_sizes_that_are_none(self, folder, sizes):
        with pytest.raises(SystemExit):
            main(["bench", str(folder), "--sizes", sizes])

    def test_refuses_a_folder_without_postings(self, folder, capsys):
        (folder / "postings.jsonl").write_text("", encoding="utf-8")
        assert main(["bench", str(folder), "--sizes", "20"]) == 2
        assert "no posting" in capsys.readouterr().err
