"""What nobody reads on paper: the measures by which words of a CV are told to be hidden."""

#: Why words are not seen, as `LeftOut` codes say it.
COLOUR, SIZE, PLACE, MARK = "hidden_colour", "hidden_size", "hidden_place", "hidden_mark"
#: Points under which nobody reads a letter.
SMALLEST = 4.0
#: How near two colours are when one does not show on the other, in 256ths of each channel.
NEAR = 40

#: Red, green, blue.
Colour = tuple[int, int, int]


def is_pale(colour: Colour) -> bool:
    """Tell whether a colour hardly shows on white paper."""
    return min(colour) > 255 - NEAR


def colour_named(text: str) -> Colour | None:
    """Read « FFFFFF » or « #ffffff »; None when it is no such colour."""
    digits = text.strip().removeprefix("#")
    try:
        value = int(digits, 16) if len(digits) == 6 else None
    except ValueError:
        return None
    return None if value is None else (value >> 16, value >> 8 & 255, value & 255)
