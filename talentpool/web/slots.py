"""Named places in a page that higher features fill, so that the page's own feature imports none of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Flask
from markupsafe import Markup

#: Writes what a feature has to say about the object of a page; nothing, to whoever may not read it.
Filler = Callable[[Any], Markup]


def init_slots(app: Flask, fillers: Mapping[str, Sequence[Filler]]) -> None:
    """Let templates write `{{ slot("need", need) }}`; a slot that nobody fills is empty."""

    def slot(name: str, subject: Any) -> Markup:
        return Markup().join(fill(subject) for fill in fillers.get(name, ()))

    app.jinja_env.globals["slot"] = slot
