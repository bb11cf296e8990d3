"""French at the source, and a complete English catalogue."""

import re

import pytest
from babel.messages.catalog import Catalog

from talentpool.translations.__main__ import catalogues, gathered, read

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


@pytest.fixture(scope="module")
def english() -> Catalog:
    [path] = catalogues()
    return read(path)


def _forms(text: object) -> list[str]:
    return list(text) if isinstance(text, list | tuple) else [str(text)]


def test_every_text_has_its_english(english: Catalog) -> None:
    missing = [
        message.id
        for message in gathered()
        if message.id
        and (
            (found := english.get(message.id)) is None
            or not all(_forms(found.string))
            or found.fuzzy
        )
    ]
    assert missing == []


def test_the_catalogue_holds_nothing_else(english: Catalog) -> None:
    known = {_forms(message.id)[0] for message in gathered()}
    assert [m.id for m in english if m.id and _forms(m.id)[0] not in known] == []


def test_translations_keep_the_parameters(english: Catalog) -> None:
    wrong = []
    for message in english:
        if not message.id:
            continue
        asked = {name for form in _forms(message.id) for name in PLACEHOLDER.findall(form)}
        for form in _forms(message.string):
            given = set(PLACEHOLDER.findall(form))
            if not given <= asked or asked - given - {"num"}:
                wrong.append(message.id)
    assert wrong == []


def test_no_text_has_a_middle_dot_between_letters() -> None:
    texts = [form for message in gathered() if message.id for form in _forms(message.id)]
    assert [text for text in texts if re.search(r"\w·\w", text)] == []
