"""The index: it finds what reading everything would find, and follows a pool that changes."""

import json
import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics.pairwise import cosine_similarity

from matching import AskedSkill, HeldSkill, NotFitted, Posting, Profile, Ranker, UnreadableIndex
from matching._asked import ASKED_FIELDS, asked_of
from matching._columns import GROUPS
from matching._compiled import add_lists

WORDS = (
    "python", "données", "service", "public", "carte", "design", "usager", "agent", "santé", "code",
    "vision", "texte", "api", "javascript", "produit", "équipe", "enquête", "modèle", "rust", "sql",
)  # fmt: skip
POSTING = Posting(
    "p",
    title="Des données en Python",
    summary="Une carte pour chaque agent public",
    families=("dev",),
)


def texts():
    return st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


def profiles():
    return st.builds(
        Profile,
        key=st.sampled_from("abcdefgh"),
        headline=texts(),
        text=texts(),
        families=st.sampled_from([(), ("dev",), ("design",)]),
        skills=st.lists(st.sampled_from(WORDS), max_size=3).map(
            lambda labels: tuple(HeldSkill(label) for label in labels)
        ),
    )


def pool(size, seed=0):
    drawn = np.random.default_rng(seed)
    return [
        Profile(
            f"{number:05}",
            headline=" ".join(drawn.choice(WORDS, 2)),
            text=" ".join(drawn.choice(WORDS, 9)),
            families=(("dev",), ("design",), ())[drawn.integers(3)],
        )
        for number in range(size)
    ]


def seen(ranking):
    return [
        (one.key, one.rank, one.score, one.reasons, one.criteria, one.missing, one.apart_for)
        for one in (*ranking.suggestions, *ranking.apart)
    ]


def dense_scores(ranker, posting):
    """Weigh every profile and the posting by the definition, one number at a time."""
    index = ranker.index_
    scale, width = index.scale, len(index.weights)
    matrix = np.zeros((len(ranker.keys_), width))
    for row in range(len(ranker.keys_)):
        analysis = index.analysis(row)
        for term, counts in zip(analysis.terms.tolist(), analysis.counts.tolist(), strict=True):
            weighed = [w for w, times in zip(scale.fields, counts, strict=True) if times and w > 0]
            if weighed:
                times = sum(t for w, t in zip(scale.fields, counts, strict=True) if w > 0)
                worth = 1 + math.log(min(times, scale.repeats))
                matrix[row, term] = max(weighed) * worth * index.weights[term]
    asked = asked_of(posting, ranker.referential_)
    question = np.zeros((1, width))
    numbers = index.vocabulary.find(asked.terms).tolist()
    for number, counts in zip(numbers, asked.counts.tolist(), strict=True):
        if number >= 0 and index._known[number]:
            total = sum(
                getattr(ranker, field) * times
                for field, times in zip(ASKED_FIELDS, counts, strict=True)
            )
            question[0, number] = math.log1p(total) * index.weights[number]
    scores = cosine_similarity(matrix, question)[:, 0]
    return dict(zip(ranker.keys_, scores.tolist(), strict=True))


class TestScores:
    def test_are_the_cosines_of_the_same_weights(self):
        ranker = Ranker().fit(pool(60))
        expected = dense_scores(ranker, POSTING)
        for key, score in ranker.order(POSTING):
            assert score == pytest.approx(expected[key], abs=1e-9)

    def test_are_those_cosines_after_updates_too(self):
        ranker = Ranker().fit(pool(60))
        ranker.update(
            [Profile("00003", text="Python, données et kubernetes"), Profile("x", text="carte")],
            gone=["00005"],
        )
        expected = dense_scores(ranker, POSTING)
        found = ranker.order(POSTING)
        assert {key for key, _ in found} == {one.key for one in pool(60)} - {"00005"} | {"x"}
        for key, score in found:
            assert score == pytest.approx(expected[key], abs=1e-9)


class TestBest:
    @pytest.mark.parametrize("criteria", [{}, {"family": "soft"}, {"family": "off"}])
    def test_are_those_that_reading_everything_gives(self, criteria):
        ranker = Ranker(criteria=criteria).fit(pool(2_000))
        everything = ranker.rank(POSTING)
        first = ranker.rank(POSTING, top=7, apart=3)
        question, everybody = ranker._ask(POSTING)[1], ranker.index_.rows_of(range(GROUPS))
        assert 7 <= len(ranker.index_.best(question, 7, everybody, range(GROUPS))) < 100
        assert seen(first) == seen(
            replace(everything, suggestions=everything.suggestions[:7], apart=everything.apart[:3])
        )
        assert first.sizes == everything.sizes

    def test_take_in_every_tie(self):
        same = [Profile(f"{number:04}", text="Python") for number in range(1_000)]
        ranking = Ranker().fit(same[::-1]).rank(POSTING, top=5)
        assert [one.key for one in ranking.suggestions] == [f"{n:04}" for n in range(5)]

    def test_read_everything_when_few_share_a_word(self):
        silent = [Profile(f"{number:04}", text="zzz") for number in range(1_000)]
        ranking = Ranker().fit([*silent, Profile("9999", text="Python")]).rank(POSTING, top=3)
        assert [(one.key, one.score > 0) for one in ranking.suggestions] == [
            ("9999", True), ("0000", False), ("0001", False)
        ]  # fmt: skip


class TestUpdate:
    @given(st.lists(profiles(), max_size=8, unique_by=lambda one: one.key), st.data())
    @settings(max_examples=60, deadline=None)
    def test_then_refit_ranks_as_a_new_ranker_does(self, first, data):
        ranker, now = Ranker().fit(first), {one.key: one for one in first}
        for _step in range(data.draw(st.integers(1, 3))):
            gone = data.draw(st.sets(st.sampled_from(sorted(now)))) if now else set()
            changed = data.draw(st.lists(profiles(), max_size=3, unique_by=lambda one: one.key))
            ranker.update(changed, gone)
            now = {key: one for key, one in now.items() if key not in gone}
            now |= {one.key: one for one in changed}
            assert {key for key, _ in ranker.order(POSTING)} == set(now)
        fresh = Ranker().fit(now.values())
        assert ranker.drift() >= 0
        assert seen(ranker.refit().rank(POSTING)) == seen(fresh.rank(POSTING))
        assert ranker.drift() == 0

    def test_leaves_other_rankers_of_the_same_pool_alone(self):
        one, other = Ranker().fit(pool(20)), Ranker().fit(pool(20))
        before = seen(other.rank(POSTING))
        one.update([Profile("new", text="Python et données")], gone=["00001", "00002"])
        assert seen(other.rank(POSTING)) == before
        assert "new" in {key for key, _ in one.order(POSTING)}

    def test_of_facts_alone_moves_no_weight_and_no_row(self):
        ranker = Ranker().fit(pool(40))
        rows = ranker.index_.size
        changed = [replace(one, available_from=date(2026, 9, 1), share_pct=50) for one in pool(40)]
        ranker.update(changed[:7])
        assert ranker.index_.size == rows
        fresh = Ranker().fit([*changed[:7], *pool(40)[7:]])
        posting = replace(POSTING, starts_on=date(2026, 10, 1), share_pct=80)
        assert seen(ranker.rank(posting)) == seen(fresh.rank(posting))

    def test_of_a_copy_leaves_the_original_alone(self):
        ranker = Ranker().fit(pool(20))
        before = seen(ranker.rank(POSTING))
        other = ranker.copy().update(
            [replace(pool(20)[0], share_pct=10), Profile("new", text="Python")], gone=["00001"]
        )
        assert seen(ranker.rank(POSTING)) == before
        ranker.update([Profile("mine", text="Python")])
        keys = {key for key, _ in other.order(POSTING)}
        assert keys == {one.key for one in pool(20)} - {"00001"} | {"new"}

    def test_then_other_parameters_rank_as_a_new_ranker_with_them_does(self):
        ranker = Ranker().fit(pool(40)).update([Profile("new", text="Python")], gone=["00001"])
        others = {"headline": 1.0, "criteria": {"family": "soft"}, "rarity": 1.0}
        everybody = [*pool(40)[:1], *pool(40)[2:], Profile("new", text="Python")]
        tuned, fresh = ranker.retuned(**others), Ranker(**others).fit(everybody)
        assert tuned.get_params() == fresh.get_params()
        assert seen(tuned.rank(POSTING)) == seen(fresh.rank(POSTING))
        assert seen(ranker.refit().rank(POSTING)) == seen(Ranker().fit(everybody).rank(POSTING))

    def test_of_somebody_unknown_changes_nothing(self):
        ranker = Ranker().fit(pool(5))
        before = seen(ranker.rank(POSTING))
        with pytest.raises(KeyError, match="nobody"):
            ranker.update([Profile("new", text="Python")], gone=["00001", "nobody"])
        assert seen(ranker.rank(POSTING)) == before

    def test_before_fitting_is_refused(self):
        with pytest.raises(NotFitted):
            Ranker().update([])

    def test_drift_tells_how_far_the_weight_of_a_word_moved(self):
        ranker = Ranker(rarity=1.0, background=0.0).fit(
            [Profile("a", text="rust"), Profile("b", text="sql")]
        )
        assert ranker.drift() == 0
        ranker.update([Profile("c", text="rust"), Profile("d", text="rust")])
        was, is_now = 1 + math.log(3 / 2), 1 + math.log(5 / 4)
        moved_less = (1 + math.log(5 / 2)) / was
        assert ranker.drift() == pytest.approx(max(was / is_now, moved_less) - 1)


class TestSaved:
    @pytest.fixture
    def home(self, tmp_path):
        return tmp_path / "index"

    def test_ranks_alike_and_goes_on_changing(self, home):
        made = Ranker(criteria={"family": "soft"}, pairs=0.5).fit(pool(300))
        made.save(home)
        opened = Ranker.open(home)
        assert opened.get_params() == made.get_params()
        assert seen(opened.rank(POSTING)) == seen(made.rank(POSTING))
        for ranker in (made, opened):
            ranker.update([Profile("x", text="Python kubernetes")], gone=["00007"])
        assert seen(opened.rank(POSTING)) == seen(made.rank(POSTING))
        assert seen(opened.refit().rank(POSTING)) == seen(made.refit().rank(POSTING))

    def test_keeps_the_weights_that_updates_left(self, home):
        ranker = Ranker().fit(pool(50))
        ranker.update([Profile("00003", text="Python kubernetes")], gone=["00005"])
        ranker.save(home)
        opened = Ranker.open(home)
        assert seen(opened.rank(POSTING)) == seen(ranker.rank(POSTING))
        assert opened.drift() == ranker.drift() > 0

    def test_is_saved_again_once_opened(self, home, tmp_path):
        made = Ranker().fit(pool(50))
        made.save(home)
        Ranker.open(home).save(tmp_path / "other")
        assert seen(Ranker.open(tmp_path / "other").rank(POSTING)) == seen(made.rank(POSTING))

    def test_is_mapped_and_not_read(self, home):
        Ranker().fit(pool(50)).save(home)
        opened = Ranker.open(home)
        held = (opened.index_.rows.terms, opened.index_.frozen.values, opened.index_._first.data)
        assert all(np.shares_memory(one, one.base) for one in held)
        assert not opened.index_.frozen.values.flags.writeable

    def test_is_replaced_in_one_step(self, home):
        Ranker().fit(pool(50)).save(home)
        opened = Ranker.open(home)
        before = seen(opened.rank(POSTING))
        Ranker().fit(pool(50, seed=1)).save(home)
        assert seen(opened.rank(POSTING)) == before
        assert seen(Ranker.open(home).rank(POSTING)) != before
        assert len(list(home.iterdir())) == 2

    def test_holds_a_pool_of_nobody(self, home):
        Ranker().fit([]).save(home)
        assert Ranker.open(home).rank(POSTING).suggestions == ()

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            (lambda m: m.update(code="0.9.0+00000000"), "made by ranking 0.9.0"),
            (lambda m: m["parameters"].update(referential="other"), "referential other"),
            (lambda m: m.update(format=99), "not of format"),
            (lambda m: m.update(home="../elsewhere"), "lacks arrays"),
            (lambda m: m["keys"].pop(), "instead of"),
            (lambda m: m["arrays"].remove("terms"), "terms is missing"),
            (lambda m: m["facts"]["family"].clear(), "points outside"),
        ],
    )
    def test_of_another_make_is_refused(self, home, change, message):
        Ranker().fit(pool(5)).save(home)
        manifest = json.loads((home / "manifest.json").read_text())
        change(manifest)
        (home / "manifest.json").write_text(json.dumps(manifest))
        with pytest.raises(UnreadableIndex, match=message):
            Ranker.open(home)

    @pytest.mark.parametrize(
        ("name", "array", "message"),
        [
            ("terms", lambda a: a + 10**6, "terms points outside"),
            ("list_rows", lambda a: a - 1, "list_rows points outside"),
            ("starts", lambda a: a[::-1], "does not part"),
            ("values", lambda a: a.astype("f4"), "another type"),
            ("counts", lambda a: a[:, :1], "fields"),
            ("words", lambda a: a.astype(object), "broken array"),
        ],
    )
    def test_with_broken_arrays_is_refused(self, home, name, array, message):
        Ranker().fit(pool(5)).save(home)
        [path] = home.glob(f"arrays-*/{name}.npy")
        broken = array(np.load(path))
        path.unlink()
        np.save(path, broken, allow_pickle=True)
        with pytest.raises(UnreadableIndex, match=message):
            Ranker.open(home)

    def test_nowhere_is_refused(self, home):
        with pytest.raises(UnreadableIndex, match=r"manifest\.json"):
            Ranker.open(home)


class TestCompiled:
    def test_adds_up_as_the_others_do(self, monkeypatch):
        ranker = Ranker().fit(pool(2_000))
        plain = seen(ranker.rank(POSTING, top=20))
        calls = []
        monkeypatch.setattr("matching._index.COMPILED_FROM", 0)
        add = add_lists()
        assert add is not None
        monkeypatch.setattr(
            "matching._index.add_lists", lambda: lambda *a: (calls.append(1), add(*a))
        )
        assert seen(ranker.rank(POSTING, top=20)) == plain
        assert calls

    @pytest.mark.parametrize("added", [0, 30])
    def test_shares_to_the_last_bit_what_the_others_do(self, monkeypatch, added):
        known = pool(300 + added)
        ranker = Ranker().fit(known[:300]).update(known[300:])
        index, rows = ranker.index_, np.arange(0, 300 + added, 7)
        asked = asked_of(POSTING, ranker.referential_)
        question = index.question(asked.terms, np.linspace(0.0, 2.0, len(asked.terms)))
        plain = index.shared(rows, question)
        assert len(plain.amounts)
        monkeypatch.setattr("matching._index.COMPILED_FROM", 0)
        for one, other in zip(index.shared(rows, question), plain, strict=True):
            assert one.tolist() == other.tolist()


class TestRemembered:
    def test_what_was_asked_before_is_asked_anew_of_a_changed_pool(self):
        posting = Posting("p", title="Cartographie sous-marine", families=("mer",))
        ranker = Ranker().fit(pool(50))
        before = ranker.copy()
        first = seen(before.rank(posting))
        assert seen(ranker.rank(posting)) == first
        ranker.update([Profile("new", text="Cartographie sous-marine.", families=("mer",))])
        best = ranker.rank(posting, top=1).suggestions[0]
        assert best.key == "new"
        assert best.score > 0
        assert best.criteria[0].answer == "claimed"
        assert seen(before.rank(posting)) == first

    def test_a_skill_that_weighs_nothing_is_still_not_missing_where_it_is_named(self):
        posting = Posting("p", title="Cartes", skills=(AskedSkill("Python", must=True),))
        people = [Profile("a", text="Python et des cartes."), Profile("b", text="Des cartes.")]
        ranking = Ranker(essential_skills=0.0).fit(people).rank(posting)
        missing = {one.key: {each.label for each in one.missing} for one in ranking.suggestions}
        assert missing == {"a": set(), "b": {"Python"}}
