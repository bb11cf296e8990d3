"""Pages give the address that the settings name."""

import pytest

from talentpool.web.pipeline import Application
from tests.proofreader import ProofreadingClient

ADDRESS = "bonjour@ailleurs.example"


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
