"""Choosing weights: what is held out together, what choosing is worth, and what is printed."""

import json

import numpy as np
import pytest

from matching import Ranker, evaluation
from matching.__main__ import main
from matching.measures import tune
from matching.measures.folder import read_postings

PROFILES = [
    {"id": f"p{n}", "headline": word, "families": [("Dev", "Data")[n % 2]], "text": f"{other} agile"}
    for n, (word, other) in enumerate(
        [("Python", "cadastre"), ("cadastre", "Python"), ("Java", "justice"), ("justice", "Java")]
    )
]  # fmt: skip
POSTINGS = [
    {
        "id": f"b{n}",
        "title": ("Python", "cadastre", "Java", "justice")[n % 4],
        "summary": f"Produit {n}",
        "organisation": f"Office {n % 6}",
        "families": [("Dev", "Data")[n % 2]],
    }
    for n in range(12)
]


@pytest.fixture
def folder(tmp_path):
    def write(name="one", postings=POSTINGS):
        target = tmp_path / name
        target.mkdir()
        for file, rows in (("postings", postings), ("profiles", PROFILES)):
            lines = "".join(json.dumps(row) + "\n" for row in rows)
            (target / f"{file}.jsonl").write_text(lines, encoding="utf-8")
        qrels = "".join(f"{row['id']}\t0\tp{n % 4}\t1\n" for n, row in enumerate(postings))
        (target / "qrels.tsv").write_text(qrels, encoding="utf-8")
        return target

    return write


class TestGroups:
    def test_products_and_organisations_are_held_out_whole(self, folder):
        rows = [
            {"id": "a-dev", "title": "Carte", "summary": "Des cartes", "organisation": "Office"},
            {"id": "a-data", "title": "Carte", "summary": "Des cartes"},
            {"id": "b", "title": "Registre", "organisation": "Office"},
            {"id": "c", "title": "Carte", "summary": "D’autres cartes"},
            {"id": "d", "title": "Seul"},
        ]
        groups = tune.groups_of(read_postings(folder(postings=rows)))
        assert groups[0] == groups[1] == groups[2]
        assert len({groups[0], groups[3], groups[4]}) == 3

    def test_a_fold_never_parts_a_group(self):
        groups = np.repeat(np.arange(40), np.arange(40) % 4 + 1)
        folds = tune.folds_of(groups)
        assert all(len(set(folds[groups == one])) == 1 for one in range(40))
        sizes = np.bincount(folds)
        assert len(sizes) == tune.FOLDS
        assert sizes.max() - sizes.min() <= 4

    def test_the_order_of_lines_changes_nothing(self, folder):
        plain = tune.Folder.read(folder())
        other = tune.Folder.read(folder("other", POSTINGS[::-1]))
        assert [one.key for one in plain.postings] == [one.key for one in other.postings]


class TestFigures:
    def test_one_ranking_of_everybody_gives_both_modes(self, folder):
        read = tune.Folder.read(folder())
        weights = tune.drawn(3)[2]
        rank = evaluation.product(read.profiles, Ranker(**weights))
        expected = [
            np.mean(
                [
                    evaluation.measures(
                        [key for key, _ in rank(posting, mode)], read.judged[posting.key]
                    )["ndcg@10"]
                    for mode in evaluation.MODES
                ]
            )
            for posting in read.postings
        ]
        assert tune.measured(read, [weights])[0] == pytest.approx(expected)

    def test_draws_start_with_the_defaults_and_stay_within_the_spread(self):
        defaults, *draws = tune.drawn(20)
        assert Ranker(**defaults).get_params() == Ranker().get_params()
        for name, spread in tune.SPREAD.items():
            assert all(0.99 / spread < d[name] / defaults[name] < 1.01 * spread for d in draws)
        assert all(0 < sum(d[name] != defaults[name] for name in d) < len(d) for d in draws)

    def test_what_is_held_out_never_chooses(self, folder, monkeypatch):
        read = tune.Folder.read(folder())
        fold = tune.folds_of(tune.groups_of(read.postings))
        # Draw 1 + k is right on fold k alone: who saw fold k would choose it, who did not must not.
        figures = np.full((tune.FOLDS + 1, len(fold)), 0.1)
        for one in range(tune.FOLDS):
            figures[1 + one, fold == one] = 1.0
        monkeypatch.setattr(tune, "measured", lambda *_: figures)
        found = tune.tune([read], tune.FOLDS)
        assert all(choice != 1 + one for one, choice in enumerate(found.choices))
        assert found.held_out[0].chosen == pytest.approx(0.1)
        assert found.gain > 1
        assert not found.recommends_change

    def test_the_search_alone_is_measured_where_the_defaults_win(self, folder, monkeypatch):
        read = tune.Folder.read(folder())
        figures = np.repeat([[0.5], [0.3], [0.4]], 12, axis=1)
        monkeypatch.setattr(tune, "measured", lambda *_: figures)
        found = tune.tune([read], 2)
        assert (set(found.choices), set(found.search_choices)) == ({0}, {2})
        assert found.held_out[0].ratio == (1, 1, 1)
        assert found.search_held_out[0].ratio == pytest.approx((0.8, 0.8, 0.8))

    def test_weights_chosen_on_one_folder_are_measured_on_the_other(self, folder, monkeypatch):
        one, two = tune.Folder.read(folder("one")), tune.Folder.read(folder("two"))
        figures = {
            "one": np.repeat([[0.5], [0.9], [0.6]], 12, axis=1),
            "two": np.repeat([[0.5], [0.1], [0.6]], 12, axis=1),
        }
        monkeypatch.setattr(tune, "measured", lambda read, _: figures[read.name])
        found = tune.tune([one, two], 2)
        assert [(t.folder, t.draw, t.chosen) for t in found.transfers] == [
            ("one", 2, pytest.approx(0.6)),
            ("two", 1, pytest.approx(0.1)),
        ]
        assert found.best == 2
        assert not found.recommends_change


class TestCommand:
    def test_it_prints_lines_or_json(self, folder, capsys):
        folders = [str(folder("one")), str(folder("two"))]
        assert main(["tune", *folders, "--draws", "2"]) == 0
        text = capsys.readouterr().out
        assert "one (12 in 6)" in text
        assert "chosen elsewhere, on two" in text
        assert main(["tune", folders[0], "--draws", "1", "--json"]) == 0
        report = json.loads(capsys.readouterr().out)
        assert report["held_out"][0]["groups"] == 6
        assert report["transfers"] == []
        assert set(report["weights"]) == set(tune.SPREAD)

    def test_it_says_what_is_wrong_with_a_folder(self, folder, tmp_path, capsys):
        (tmp_path / "empty").mkdir()
        assert main(["tune", str(folder()), str(tmp_path / "empty")]) == 2
        assert "empty" in capsys.readouterr().err
