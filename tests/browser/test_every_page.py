"""Every page that each role can reach by links, put to axe, wide and narrow, light and dark, French and English."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import Visit

#: Links that lead away from reading: a language, a file.
NOT_A_PAGE = re.compile(r"^/(langue/|.*\.(csv|xlsx|jsonl|jsonld|pdf|ics|atom|txt|zip)$)")
#: What differs between two pages of one kind.
VARIABLE = re.compile(r"\d+|[0-9a-f-]{20,}")


def _links(visited: Visit) -> list[str]:
    found: list[str] = visited.page.evaluate("[...document.links].map(link => link.href)")
    parts = [urlsplit(link) for link in found if link.startswith(visited.address)]
    return [part.path for part in parts if not NOT_A_PAGE.match(part.path)]


def _crawl(visited: Visit, *, with_axe: bool = True) -> list[str]:
    """Open one page of each kind, breadth first from the home, and check it."""
    seen, waiting = {"/"}, ["/"]
    opened = []
    while waiting:
        path = waiting.pop(0)
        visited.open(path)
        assert visited.is_sound(with_axe=with_axe)
        opened.append(path)
        for link in _links(visited):
            if (kind := VARIABLE.sub("*", link)) not in seen:
                seen.add(kind)
                waiting.append(link)
    return opened


@pytest.mark.parametrize(
    ("who", "fewest", "width", "scheme"),
    [
        (None, 5, 1280, "light"),
        ("talent", 8, 390, "light"),
        ("ministere", 10, 390, "dark"),
        ("agence", 20, 1280, "light"),
        ("agence", 20, 390, "dark"),
        ("direction", 10, 1280, "dark"),
        ("admin", 15, 390, "light"),
    ],
)
def test_every_page_is_sound(
    visit: Callable[..., Visit], who: str | None, fewest: int, width: int, scheme: str
) -> None:
    visited = visit(width=width, color_scheme=scheme)
    if who:
        visited.sign_in(who)
    assert len(_crawl(visited)) >= fewest
    assert visited.page.evaluate("document.documentElement.dataset.frTheme") == scheme


def test_the_english_pages_are_sound(visit: Callable[..., Visit]) -> None:
    visited = visit()
    visited.sign_in("agence")
    visited.page.get_by_role("link", name="English").click()
    assert visited.page.locator("html").get_attribute("lang") == "en"
    # The same pages in French have been through axe: here words may be longer, or scripts complain.
    assert len(_crawl(visited, with_axe=False)) >= 20


def test_nothing_scrolls_sideways_at_320_pixels(visit: Callable[..., Visit]) -> None:
    visited = visit(width=320)
    visited.sign_in("agence")
    for path in ("/", "/postes", "/besoins", "/talents", "/besoins/nouveau"):
        visited.open(path)
        assert visited.is_sound()
