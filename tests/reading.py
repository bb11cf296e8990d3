"""Reading a page as somebody does: the form that it offers, what it complains about, the text of a part."""

import io
from typing import Any

import html5lib
from werkzeug.test import TestResponse

from talentpool.db import db
from talentpool.tabular.models import ImportRun
from talentpool.tabular.report import ImportReport
from tests.proofreader import FIELDS, ProofreadingClient

Fields = dict[str, list[str]]


def filled(answer: TestResponse, **typed: Any) -> Fields:
    """Return what the browser would send of the page's form, with `typed` in place of what stood there.

    A dash in a field's name is written as two underscores; the token, which tests need not send, stays out.
    """
    names, fields = set(), {}
    for control in _form(answer).iter():
        if control.tag not in {*FIELDS, "button"} or control.get("name") == "csrf_token":
            continue
        names.add(control.get("name"))
        for value in _values(control):
            fields.setdefault(control.get("name"), []).append(value)
    for name, value in typed.items():
        name = name.replace("__", "-")
        assert name in names, f"the form has no field {name}"
        fields[name] = value if isinstance(value, list) else [value]
    return fields


def complaints(answer: TestResponse) -> dict[str, str]:
    """Return the message that stands beside each field of the page, by the field's identifier."""
    elements = [element for element in _page(answer).iter() if isinstance(element.tag, str)]
    texts = {element.get("id"): _text(element) for element in elements if element.get("id")}
    found = {}
    for element in elements:
        pointers = f"{element.get('aria-describedby')} {element.get('aria-labelledby')}".split()
        for pointer in pointers:
            if pointer.endswith("-messages"):
                found[element.get("id")] = texts[pointer]
    return found


def text_of(answer: TestResponse, identifier: str = "contenu") -> str:
    """Return the words of one part of a page, by default of everything between header and footer."""
    return next(_text(part) for part in _page(answer).iter() if part.get("id") == identifier)


def sent(
    browser: ProofreadingClient, address: str, content: str | bytes, name: str, **fields: str
) -> TestResponse:
    """Send a file through the import form at `address`, from the source « essai » unless told."""
    body = content.encode() if isinstance(content, str) else content
    data = {"file": (io.BytesIO(body), name), "source": "essai", **fields}
    return browser.post(address, data=data, content_type="multipart/form-data")


def report_at(answer: TestResponse) -> ImportReport:
    """Return the report to which an import led."""
    assert answer.status_code == 303, complaints(answer)
    run = db.session.get_one(ImportRun, int(answer.location.rpartition("/")[2]))
    return ImportReport.from_dict(run.report)


def _page(answer: TestResponse) -> Any:
    parser = html5lib.HTMLParser(
        tree=html5lib.treebuilders.getTreeBuilder("etree"), namespaceHTMLElements=False
    )
    return parser.parse(answer.get_data(as_text=True))


def _form(answer: TestResponse) -> Any:
    """Return the form of the page that asks the most."""
    forms = [form for form in _page(answer).iter("form") if form.get("method") == "post"]
    return max(forms, key=lambda form: len(list(form.iter())))


def _values(control: Any) -> list[str]:
    if control.tag == "button":
        return []
    if control.tag == "textarea":
        return [(control.text or "").replace("\n", "\r\n")]
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None]
        return [option.get("value") for option in chosen or options[:1]]
    kind = control.get("type")
    if kind == "file" or (kind in {"checkbox", "radio"} and control.get("checked") is None):
        return []
    return [control.get("value") or ""]


def _text(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())
