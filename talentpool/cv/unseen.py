"""Words that a PDF holds and that nobody sees on its pages: they are left out, and why is told."""

import ctypes
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import pypdfium2
import pypdfium2.raw as pdfium

from talentpool.cv.legibility import COLOUR, PLACE, SIZE, SMALLEST, Colour, are_near, is_pale

#: The share of what stands around words that their own colour fills when they do not show.
_MOSTLY = 0.75
_TRANSPARENT = 32
_OUTLINED = {
    pdfium.FPDF_TEXTRENDERMODE_STROKE,
    pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE,
    pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP,
    pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP,
}
_FILLED = {
    pdfium.FPDF_TEXTRENDERMODE_UNKNOWN,
    pdfium.FPDF_TEXTRENDERMODE_FILL,
    pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE,
    pdfium.FPDF_TEXTRENDERMODE_FILL_CLIP,
    pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP,
}
#: Dots of a drawn page, and those looked at for one word, down and across.
_LARGEST = 1_500_000
_LOOKS = (8, 16)
#: Letters of one word that are looked at once more.
_MOST_LETTERS = 5
#: The share of dots that may change when words that are not seen are taken away: a rule that they cross.
_TRACES = 0.04
#: The share of a page that a scan covers.
_A_SCAN = 0.5

Box = tuple[float, float, float, float]


@dataclass
class _Word:
    """Letters that follow each other painted and sized alike; `box` is left, bottom, right, top, in points.

    `paints` are the colours of their insides and outlines, as far as they are drawn.
    """

    paints: tuple[Colour, ...]
    size: float
    box: Box
    places: list[int] = field(default_factory=list)
    has_letters: bool = False


def seen_text(
    page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, *, most: int
) -> tuple[str, set[str]]:
    """Return what is seen of a page's text, at most so many characters, and why other words are not seen."""
    words = list(_words(text, min(text.count_chars(), most)))
    sheet = _Sheet(page)
    reasons = [sheet.why_unseen(word) if word.has_letters else "" for word in words]
    lost = [word for word, why in zip(words, reasons, strict=True) if why == COLOUR]
    shown = sheet.changed_by(lost, text)
    hidden: dict[int, str] = {}
    for word, why in zip(words, reasons, strict=True):
        if why and word.places[0] not in shown:
            hidden |= dict.fromkeys(word.places, why)
    if not hidden:
        return text.get_text_bounded()[:most], set()
    kept = (_letter(text, place) for place in range(min(text.count_chars(), most)))
    return "".join(c for place, c in enumerate(kept) if place not in hidden), set(hidden.values())


def _words(text: pypdfium2.PdfTextPage, count: int) -> Iterator[_Word]:
    word: _Word | None = None
    for place in range(count):
        letter = _letter(text, place)
        if letter.isspace() or pdfium.FPDFText_IsGenerated(text, place) == 1:
            if word:
                yield word
            word = None
            continue
        paints, size, box = _paints(text, place), _size(text, place), _box(text, place)
        if word is None or (word.paints, round(word.size, 1)) != (paints, round(size, 1)):
            if word:
                yield word
            word = _Word(paints, size, box)
        word.places.append(place)
        word.has_letters = word.has_letters or letter.isalnum()
        word.box = (
            min(word.box[0], box[0]),
            min(word.box[1], box[1]),
            max(word.box[2], box[2]),
            max(word.box[3], box[3]),
        )
    if word:
        yield word


def _letter(text: pypdfium2.PdfTextPage, place: int) -> str:
    if pdfium.FPDFText_IsHyphen(text, place) == 1:
        return "\ufffe"
    code = pdfium.FPDFText_GetUnicode(text, place)
    is_letter = 0 < code < 0x110000 and not 0xD800 <= code < 0xE000
    return chr(code) if is_letter else ""


def _paints(text: pypdfium2.PdfTextPage, place: int) -> tuple[Colour, ...]:
    """Return the colours in which a letter is drawn, none when it is not."""
    red, green, blue, opacity = (ctypes.c_uint() for _channel in range(4))
    mode = pdfium.FPDFTextObj_GetTextRenderMode(pdfium.FPDFText_GetTextObject(text, place))
    found = []
    for modes, read in (
        (_OUTLINED, pdfium.FPDFText_GetStrokeColor),
        (_FILLED, pdfium.FPDFText_GetFillColor),
    ):
        if mode not in modes:
            continue
        if not read(text, place, red, green, blue, opacity):
            found.append((0, 0, 0))
        elif opacity.value >= _TRANSPARENT:
            found.append((red.value, green.value, blue.value))
    return tuple(found)


def _size(text: pypdfium2.PdfTextPage, place: int) -> float:
    """Return the height of a letter's type on the page, in points."""
    matrix = pdfium.FS_MATRIX()
    size = float(pdfium.FPDFText_GetFontSize(text, place))
    if not pdfium.FPDFText_GetMatrix(text, place, matrix):
        return size
    return size * max(abs(complex(matrix.c, matrix.d)), abs(complex(matrix.a, matrix.b)))


def _box(text: pypdfium2.PdfTextPage, place: int) -> Box:
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text, place, box)
    return (box.left, box.bottom, box.right, box.top)


@dataclass(frozen=True)
class _Drawing:
    """A page in dots; `stride` and `channels` are their bytes by line and by dot."""

    dots: bytes = b""
    stride: int = 0
    channels: int = 0
    width: int = 0
    height: int = 0


class _Sheet:
    """A page, drawn as it is seen when a word may not show on it."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._page = page
        self._edges = page.get_bbox()
        self._is_painted = self._is_scan = False
        area = page.get_width() * page.get_height()
        for one in page.get_objects(
            [pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3
        ):
            if one.type == pdfium.FPDF_PAGEOBJ_PATH:
                self._is_painted = True
            elif not self._is_scan:
                self._is_scan = _area(one) >= _A_SCAN * area

    def why_unseen(self, word: _Word) -> str:
        """Return why a word is not seen, empty when it is."""
        if word.size < SMALLEST:
            return SIZE
        left, bottom, right, top = self._edges
        across, up = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
        if not (left <= across <= right and bottom <= up <= top):
            return PLACE
        return COLOUR if self._may_not_show(word) and self._hides(word) else ""

    def _may_not_show(self, word: _Word) -> bool:
        """Tell whether a word is pale, over something painted, or not drawn: scans hold theirs undrawn."""
        if not word.paints:
            return not self._is_scan
        return self._is_painted or all(map(is_pale, word.paints))

    def _hides(self, word: _Word) -> bool:
        found = self._around(word.box)
        if not found:
            return False
        if not word.paints:
            first = next(iter(found))
            return all(are_near(colour, first) for colour in found)
        least = _MOSTLY * found.total()
        return all(
            sum(times for colour, times in found.items() if are_near(colour, paint)) >= least
            for paint in word.paints
        )

    def changed_by(self, lost: list[_Word], text: pypdfium2.PdfTextPage) -> set[int]:
        """Return where words begin that the page does not look the same without, though they seemed lost.

        Colours are not all told: letters filled with a gradient are said to be white. And the box of a
        slanting word holds much more than its ground. The words' objects are no longer drawn after this.
        """
        if not lost:
            return set()
        drawn = self._drawn
        for word in lost:
            for place in word.places:
                pdfium.FPDFPageObj_SetIsActive(pdfium.FPDFText_GetTextObject(text, place), False)
        bare = self._draw()
        if len(bare.dots) != len(drawn.dots) or bare.dots == drawn.dots:
            return set()
        return {
            word.places[0]
            for word in lost
            if self._is_changed([_box(text, place) for place in word.places], bare.dots)
        }

    def _is_changed(self, letters: list[Box], bare: bytes) -> bool:
        """Tell whether the page is not the same in the boxes of some letters, spread over a long word."""
        page, looks = self._drawn, 0
        changes: Counter[tuple[bytes, bytes]] = Counter()
        for box in letters[:: -(-len(letters) // _MOST_LETTERS)]:
            lines, places = self._grid(box)
            looks += len(lines) * len(places)
            for y in lines:
                starts = [y * page.stride + x * page.channels for x in places]
                whole = slice(starts[0], starts[-1] + 3) if starts else slice(0)
                if page.dots[whole] != bare[whole]:
                    changes.update((page.dots[at : at + 3], bare[at : at + 3]) for at in starts)
        changed = sum(
            times for (one, other), times in changes.items() if not are_near(_rgb(one), _rgb(other))
        )
        return changed > _TRACES * looks

    @cached_property
    def _drawn(self) -> _Drawing:
        return self._draw()

    def _draw(self) -> _Drawing:
        width, height = self._page.get_size()
        scale = min(1.5, (_LARGEST / max(width * height, 1.0)) ** 0.5)
        try:
            drawn = self._page.render(scale=scale, may_draw_forms=False)
        except pypdfium2.PdfiumError:
            # What cannot be drawn is read as before.
            return _Drawing()
        return _Drawing(
            bytes(drawn.buffer), drawn.stride, drawn.n_channels, drawn.width, drawn.height
        )

    def _around(self, box: Box) -> Counter[Colour]:
        """Count the colours of the page in and just around a box, where it is looked at."""
        page = self._drawn
        lines, places = self._grid(box)
        starts = (y * page.stride + x * page.channels for y in lines for x in places)
        found = Counter(page.dots[at : at + 3] for at in starts)
        return Counter({_rgb(dot): times for dot, times in found.items()})

    def _grid(self, box: Box) -> tuple[range, range]:
        """Return the lines and the places of the dots that are looked at in and just around a box."""
        page = self._drawn
        corners = [self._dot(x, y, page.width, page.height) for x, y in (box[:2], box[2:])]
        left, right = sorted(min(max(x, 0), page.width - 1) for x, _y in corners)
        top, bottom = sorted(min(max(y, 0), page.height - 1) for _x, y in corners)
        top, bottom, left, right = top - 1, bottom + 1, left - 1, right + 1
        return (
            range(max(top, 0), min(bottom + 1, page.height), -((top - bottom) // _LOOKS[0])),
            range(max(left, 0), min(right + 1, page.width), -((left - right) // _LOOKS[1])),
        )

    def _dot(self, x: float, y: float, width: int, height: int) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(self._page, 0, 0, width, height, 0, x, y, across, down)
        return across.value, down.value


def _rgb(dot: bytes) -> Colour:
    blue, green, red = dot
    return red, green, blue


def _area(picture: pypdfium2.PdfObject) -> float:
    try:
        left, bottom, right, top = picture.get_bounds()
    except pypdfium2.PdfiumError:
        return 0.0
    return float((right - left) * (top - bottom))
