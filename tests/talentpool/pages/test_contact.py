"""Pages and mails give the address that the settings name."""

from pathlib import Path

import pytest

from talentpool.web.pipeline import Application
from tests.proofreader import ProofreadingClient

ADDRESS = "bonjour@ailleurs.example"
ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    "path", ["/mentions-legales", "/accessibilite", "/inscription", "/nowhere"]
)
def test_pages_give_the_address_in_force(
    path: str, app: Application, client: ProofreadingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "CONTACT", ADDRESS)
    page = client.get(path).text
    assert f'<a href="mailto:{ADDRESS}">{ADDRESS}</a>' in page
    assert "contact@vivier.example" not in page


def test_no_text_names_another() -> None:
    texts = [*ROOT.glob("templates/**/*"), *ROOT.glob("talentpool/**/*.py")]
    naming = [
        path.name
        for path in texts
        if path.is_file() and "contact@vivier.example" in path.read_text(encoding="utf-8")
    ]
    assert naming == ["config.py"]
