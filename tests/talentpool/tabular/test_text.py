"""Text made safe, and the marks that protect it."""

import sys
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from talentpool.tabular.text import (
    clean_text,
    double_guard,
    guard,
    join_list,
    legal_in_xml,
    shortened,
    split_list,
    unguard,
)

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


class TestCleanText:
    def test_nothing_invisible_is_left(self) -> None:
        hidden = [
            character
            for character in map(chr, range(sys.maxunicode + 1))
            if unicodedata.category(character) in ("Cc", "Cf", "Cs") and character not in "\n\t"
        ]
        assert {clean_text(f"a{character}b") for character in hidden} <= {"ab", "a\nb"}

    def test_what_people_write_is_left(self) -> None:
        text = "« L’été, œuvre »\u00a0: C++, 80\u202f%, 日本語, ❤️ 👋🏽\n\tfin"
        assert clean_text(text) == text

    @settings(deadline=None, max_examples=300)
    @given(st.text())
    @example("ế\u0323" + "\u0301" * 40)
    @example("a" + "\u0344" * 40)
    @example(" \u0301\u200b \u0302")
    def test_cleaning_twice_changes_nothing(self, text: str) -> None:
        once = clean_text(text)
        assert clean_text(once) == once
        assert unicodedata.is_normalized("NFC", once)


class TestShortened:
    def test_it_fits_on_one_line(self) -> None:
        assert shortened("a\nb\u202e  c") == "a b c"
        assert shortened("x" * 10**6) == "x" * 79 + "…"


class TestGuard:
    @settings(deadline=None)
    @given(st.text(st.sampled_from("'=+-@\t\r\nab\uff1d"), max_size=6))
    def test_guarding_is_undone_and_leaves_nothing_dangerous(self, text: str) -> None:
        assert not guard(text).startswith(DANGEROUS)
        assert unguard(guard(text)) == text
        assert unguard(double_guard(text)) == text

    @pytest.mark.parametrize("text", ["'été", "'", "''", "a=b", "", "l'@"])
    def test_other_apostrophes_stay(self, text: str) -> None:
        assert guard(text) == unguard(text) == double_guard(text) == text

    def test_a_nul_is_guarded_then_removed(self) -> None:
        assert guard("\0=x") == "'=x"
        assert guard("\0x") == "'x"


class TestLegalInXml:
    def test_only_what_xml_cannot_hold_is_removed(self) -> None:
        assert legal_in_xml("a\0\x1b\ud800\ufffeb\t\r\né") == "ab\t\r\né"


class TestSplitList:
    @settings(deadline=None)
    @given(
        st.lists(
            st.text(st.sampled_from("|;\\\nab '="), min_size=1, max_size=5)
            .map(clean_text)
            .filter(bool),
            max_size=5,
        )
    )
    def test_it_reads_what_join_list_wrote(self, items: list[str]) -> None:
        assert split_list(clean_text(join_list(items))) == items

    def test_a_backslash_before_anything_else_stands_for_itself(self) -> None:
        assert split_list("C:\\temp|\\n") == ["C:\\temp", "\\n"]

    def test_a_hostile_list_costs_little(self) -> None:
        assert split_list("\\" * 99_999 + "|") == ["\\" * 49_999 + "|"]
