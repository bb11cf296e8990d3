"""Names that may be one: the same words in any order, or a letter or two apart."""

from collections.abc import Iterator
from itertools import combinations

from talentpool.naming import folded

#: Letters from which one difference is still one name, and from which two are.
ONE_APART_FROM = 5
TWO_APART_FROM = 11


def ordered(name: str) -> str:
    """Return a name's words, folded, in the order of the alphabet."""
    return " ".join(sorted(folded(name).split()))


def allowed(name: str) -> int:
    """Return by how many letters another name may differ from this one."""
    return (len(name) >= ONE_APART_FROM) + (len(name) >= TWO_APART_FROM)


def distance(first: str, second: str) -> int:
    """Count the letters added, left out, changed or swapped with their neighbour between two names."""
    rows = [list(range(len(second) + 1))]
    for place, letter in enumerate(first, start=1):
        row = [place]
        for other, met in enumerate(second, start=1):
            least = min(row[-1] + 1, rows[-1][other] + 1, rows[-1][other - 1] + (letter != met))
            if place > 1 and other > 1 and (letter, first[place - 2]) == (second[other - 2], met):
                least = min(least, rows[-2][other - 2] + 1)
            row.append(least)
        rows.append(row)
    return rows[-1][-1]


def close_pairs(names: dict[int, str]) -> Iterator[tuple[int, int, int]]:
    """Yield (row, row, distance) for names that may be one, smaller number first.

    Two names that differ by few letters have a part in common once as few are left out of each: rows
    are compared within those groups only, not each with each.
    """
    owners: dict[str, int] = {}
    later_owners: dict[str, list[int]] = {}
    met: set[tuple[int, int]] = set()
    for number in sorted(names):
        for part in _with_letters_left_out(names[number], allowed(names[number])):
            owner = owners.setdefault(part, number)
            if owner != number:
                later = later_owners.setdefault(part, [])
                met.update((earlier, number) for earlier in (owner, *later))
                later.append(number)
    for first, second in sorted(met):
        apart = distance(names[first], names[second])
        if apart <= min(allowed(names[first]), allowed(names[second])):
            yield first, second, apart


def _with_letters_left_out(name: str, most: int) -> set[str]:
    """Return a name, and what is left of it without one letter, or two."""
    places = range(len(name))
    found = {name}
    if most > 0:
        found.update([name[:at] + name[at + 1 :] for at in places])
    if most > 1:
        found.update(
            [name[:at] + name[at + 1 : to] + name[to + 1 :] for at, to in combinations(places, 2)]
        )
    return found
