"""Numbers that come in addresses and forms."""

from talentpool.web.pipeline import LARGEST_NUMBER


def row_number(text: str) -> int:
    """Read a row's number; raises `ValueError` on what no row can have, which counts as not given."""
    number = int(text)
    if not 0 <= number <= LARGEST_NUMBER:
        raise ValueError(text)
    return number
