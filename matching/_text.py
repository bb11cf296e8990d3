"""French and English texts as terms that compare: « développeuse » and "Développeur·se" are one.

Every step is a single pass, and every repetition in a pattern is either bounded or made of
characters that nothing after it can match: the time is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from matching._forms import fold, term


class Word(NamedTuple):
    """One word that counts: its term, and where it stands in the text.

    ``opens`` is true when a pause (a full stop, a bracket, a line) parts it from the word before.
    """

    term: str
    start: int
    end: int
    opens: bool


# Characters that show nothing: soft hyphens, zero-width spaces and joiners, direction marks,
# variation selectors, tags. They hide a word from its twin, or words from the reader.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)

# A letter or a digit, possibly decomposed (NFD).
_L = "(?:[^\\W_]|[\u0300-\u036f])"
# What a feminine form adds after a mark, in inclusive writing.
_ENDING = (
    "(?:trice|rice|ice|t?euse|ienne|enne|onne|elle|esse|sse|[ao]ise"
    "|(?:i|ll)?(?:e\u0300?|è)re|(?:e\u0300|è)te|ive|que|ue|ve|se|fe|ne|te|le|he|ë|e\u0308?|s)s?"
)
_CAPITAL = "[A-ZÀ-Þ\u0300-\u036f]"
_TOKEN = re.compile(
    rf"""
      https?://\S+ | [\w.+-]{{1,64}}@[\w.-]{{1,255}}          # addresses name people, not skills
    | (?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’ʼ](?={_L})  # elisions
    | (?-i:MM?\.)  # the full stop of « M. » is no pause, since « Mme » has none
    | (?P<technical> [a-z]\+\+ | [a-z]\#(?!{_L}) | \.net(?!{_L}) | r&d(?!{_L}) )
    | (?P<word> {_L}+ (?:\.(?:js|net|io)(?!{_L}))? )
      (?P<ending>
          (?: [·•‧∙⋅] (?: [^\W\d_] [\u0300-\u036f]? ){{1,6}} ){{1,3}} (?: \(s\) )?
        | (?-i: [.:*_-] (?:[fnrx][.:*_-])? {_ENDING} (?:[.:*_-]s|\(s\))? )(?!{_L})
        | (?-i: (?<={_CAPITAL}{{3}}) [.-] (?:[FNRX][.-])? {_ENDING.upper()} (?:[.-]S|\(S\))? )(?!{_L})
        | [ ]? \( (?:[fnrx]/)? -? {_ENDING} \) (?: s | \(s\) )?
        | / (?:[fnrx]/)? -? {_ENDING} (?!{_L}) (?: \(s\) )?
        | [ ]/[ ] (?:t?rice|ice|t?euse|i?enne|i?(?:e\u0300|è)re|ive|se|e)s? (?!{_L})  # no « / le »
      )?
    | (?P<pause> [.!?;:…()\[\]\n|•«»“”"] )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MARK = "[·•‧∙⋅.:*_ (/-]"
_MASCULINE_ENDING = re.compile(f"{_MARK}(t?eurs?|rs?|x|fs?|ers?|ns?){_MARK}", re.IGNORECASE)
# « designeu/se » and « acteu·rice » leave out an « r » that both genders have, or an « x » (the same).
_CUT_SHORT = re.compile(f"eu{_MARK}+(?:rice|t?rice|se)s?", re.IGNORECASE)


def visible(text: str) -> str:
    """Drop the characters that show nothing."""
    return _INVISIBLE.sub("", text)


def original_offsets(text: str) -> Sequence[int]:
    """Give, for each character of ``visible(text)``, its place in ``text``."""
    if len(visible(text)) == len(text):
        return range(len(text))
    return [place for place, character in enumerate(text) if not _INVISIBLE.match(character)]


def words(text: str) -> tuple[Word, ...]:
    """List the words of a text that count, in order; offsets are those of ``visible(text)``.

    A word that follows itself is one word: « développeur ou développeuse » says no more than
    « développeur », and « développeuse, développeur » no more than « développeur, développeur ».
    """
    shown = visible(text)
    found: list[Word] = []
    opens = True
    for match in _TOKEN.finditer(shown):
        if match.lastgroup is None:
            continue
        if match["pause"]:
            opens = True
            continue
        if match["technical"]:
            word = Word(fold(match["technical"]), *match.span("technical"), opens)
        else:
            word = Word(term(_base(match)), match.start("word"), match.end(), opens)
        if not word.term:
            continue
        if not found or found[-1].term != word.term:
            found.append(word)
        opens = False
    return tuple(found)


def _base(match: re.Match[str]) -> str:
    """Give the word that an inclusive form abridges: « chercheur » for « chercheu·r·se »."""
    ending = match["ending"]
    masculine = _MASCULINE_ENDING.match(ending) if ending else None
    if masculine:
        return match["word"] + masculine[1]
    return (
        match["word"] + "r"
        if ending and _CUT_SHORT.match(match["word"][-2:] + ending)
        else match["word"]
    )
