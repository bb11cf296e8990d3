"""What nobody reads on paper: the measures by which words of a CV are told to be hidden."""

from functools import lru_cache

#: Why words are not seen, as `LeftOut` codes say it.
COLOUR, SIZE, PLACE, MARK = "hidden_colour", "hidden_size", "hidden_place", "hidden_mark"
#: Points under which nobody reads a letter.
SMALLEST = 4.0
#: Red, green, blue.
Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)

#: How near two colours are when one does not show on the other: in 256ths of each channel, since yellow
#: is as bright as white and shows on it, and in contrast, since Word's greys are near white and do too.
_NEAR = 40
_CONTRAST = 1.2


def are_near(one: Colour, other: Colour) -> bool:
    """Tell whether one colour hardly shows on the other."""
    if any(abs(a - b) > _NEAR for a, b in zip(one, other, strict=True)):
        return False
    dark, bright = sorted((_brightness(one), _brightness(other)))
    return (bright + 0.05) / (dark + 0.05) < _CONTRAST


def is_pale(colour: Colour) -> bool:
    """Tell whether a colour hardly shows on white paper."""
    return are_near(colour, WHITE)


@lru_cache(maxsize=1024)
def _brightness(colour: Colour) -> float:
    """Return a colour's relative luminance, as WCAG measures it."""
    red, green, blue = (
        c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def colour_named(text: str) -> Colour | None:
    """Read « FFFFFF » or « #ffffff »; None when it is no such colour."""
    digits = text.strip().removeprefix("#")
    try:
        value = int(digits, 16) if len(digits) == 6 else None
    except ValueError:
        return None
    return None if value is None else (value >> 16, value >> 8 & 255, value & 255)
