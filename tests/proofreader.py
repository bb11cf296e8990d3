"""A test client that proof-reads every page it is answered, so that no test needs to ask for it."""

import contextvars
from typing import Any

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

FIELDS = {"input", "select", "textarea"}
UNLABELLED = {"hidden", "submit", "button"}


class BadPage(AssertionError):
    """A page breaks a promise that every page makes."""


class ProofreadingClient(FlaskClient):
    """Flask's client, which raises `BadPage` on HTML that is not fit to be shown."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request and read the page that comes back."""
        # The test's own application context must not become the request's: a server has none.
        response = contextvars.Context().run(super().open, *args, **kwargs)
        if response.mimetype == "text/html" and response.status_code not in {301, 302, 303}:
            proofread(response.get_data(as_text=True))
        return response


def proofread(html: str) -> None:
    """Raise `BadPage` with everything that is wrong with a page."""
    parser = html5lib.HTMLParser(
        tree=html5lib.treebuilders.getTreeBuilder("etree"), namespaceHTMLElements=False
    )
    page = parser.parse(html)
    problems = [f"invalid HTML at {place}: {code}" for place, code, _data in parser.errors]
    elements = [element for element in page.iter() if isinstance(element.tag, str)]
    problems += _head(page, elements) + _ids(elements) + _labels(elements) + _inline(elements)
    if problems:
        raise BadPage("\n".join(problems))


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _head(page: Any, elements: list[Any]) -> list[str]:
    problems = [] if page.get("lang") in {"fr", "en"} else ["the page has no language"]
    headings = [element for element in elements if element.tag == "h1"]
    titles = [_text(element) for element in elements if element.tag == "title"]
    if len(headings) != 1:
        return [*problems, f"{len(headings)} h1 on the page"]
    heading = _text(headings[0])
    title = titles[0] if titles else ""
    for prefix in ("Erreur : ", "Error: "):
        title = title.removeprefix(prefix)
    if not heading or not title.startswith(heading):
        problems.append(f"the title {title!r} doesn't start with the h1 {heading!r}")
    return problems


def _ids(elements: list[Any]) -> list[str]:
    ids = [element.get("id") for element in elements if element.get("id")]
    twice = sorted({found for found in ids if ids.count(found) > 1})
    known = set(ids)
    dangling = [
        f"{attribute}={reference!r} names nothing"
        for element in elements
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls")
        for reference in (element.get(attribute) or "").split()
        if reference not in known
    ]
    return [f"id {found!r} stands twice" for found in twice] + dangling


def _labels(elements: list[Any]) -> list[str]:
    labelled = {element.get("for") for element in elements if element.tag == "label"}
    return [
        f"<{element.tag} name={element.get('name')!r}> has no label"
        for element in elements
        if element.tag in FIELDS
        and element.get("type") not in UNLABELLED
        and element.get("id") not in labelled
        and not element.get("aria-label")
        and not element.get("aria-labelledby")
    ]


def _inline(elements: list[Any]) -> list[str]:
    problems = []
    for element in elements:
        if element.tag == "style" or element.get("style"):
            problems.append(f"inline style on <{element.tag}>")
        if element.tag == "script" and not element.get("src"):
            problems.append("inline script")
        problems += [f"inline handler {name}" for name in element.attrib if name.startswith("on")]
    return problems
