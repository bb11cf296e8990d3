"""Remembering what was read changes nothing: neither a figure, nor what a changed profile says."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from matching import HeldSkill, Posting, Profile, Ranker, Referential, Skill
from matching import _analysis as analysis
from matching._index import index_of
from matching._rows import rows_of
from tests.matching.test_ranker import POOL, POSTING, TEXTS, everyone


def forget():
    analysis._reader.cache_clear()
    rows_of.cache_clear()
    index_of.cache_clear()


@given(st.lists(TEXTS, min_size=1, max_size=5), TEXTS, st.floats(0.0, 4.0))
@settings(max_examples=40, deadline=None)
def test_a_ranking_is_the_same_whatever_was_read_before(texts, asked, headline):
    pool = [Profile(str(n), headline=text[:20], text=text) for n, text in enumerate(texts)]
    posting = Posting("p", title=asked)
    Ranker().fit(POOL).rank(POSTING)
    Ranker(headline=headline).fit(pool[1:])
    warm = Ranker(headline=headline).fit(pool).rank(posting)
    forget()
    assert Ranker(headline=headline).fit(pool).rank(posting) == warm


def test_a_changed_profile_is_read_anew():
    before = Ranker().fit(POOL).rank(POSTING)
    changed = [replace(POOL[3], skills=(HeldSkill("Python"),)), *POOL[:3]]
    after = Ranker().fit(changed).rank(POSTING)
    scores = [{one.key: one.score for one in everyone(r)}["t-empty"] for r in (before, after)]
    assert scores[0] == 0.0 < scores[1]


def test_each_referential_reads_for_itself():
    pool = [Profile("a", text="Je connais Fortran.")]
    posting = Posting("p", text="Fortran")
    own = Referential([Skill("fortran", "dev", "Fortran", "Fortran", ())])
    plain = Ranker(referential=Referential([])).fit(pool).rank(posting)
    named = Ranker(referential=own).fit(pool).rank(posting)
    assert [r.suggestions[0].reasons[0].kind for r in (plain, named)] == ["term", "skill"]


def test_what_is_kept_has_a_bound(monkeypatch):
    monkeypatch.setattr(analysis, "MOST_TERMS", 3)
    referential = Referential([])
    first = analysis.reader_of(referential)
    first.read(Profile("a", text="un deux Python Django Rust Elm"))
    assert analysis.reader_of(referential) is not first
    assert len(analysis.reader_of(referential).vocabulary) == 0
