"""What every form asks of an answer."""

from collections.abc import Callable
from datetime import date

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import StringField

from talentpool.access import Role
from talentpool.web.fields import DateField
from talentpool.web.forms import Form
from talentpool.web.pipeline import Application
from tests.factories.accounts import make_account
from tests.factories.organisations import make_member


class Sample(Form):
    """A form with a bit of everything."""

    name = StringField()
    day = DateField()


@pytest.mark.parametrize("day", ["01/01/1850", "9999-12-31", f"{date.today().year + 11}-01-01"])
def test_an_absurd_year_is_refused(app: Application, day: str) -> None:
    with app.test_request_context():
        form = Sample(MultiDict({"day": day}))
        assert not form.validate()
        assert "trop lointaine" in str(form.day.errors)


def test_spaces_are_no_answer(client_of: Callable) -> None:
    browser = client_of(make_member())
    data = {"title": "   ", "summary": " \t", "text": " \n "}
    answer = browser.post("/besoins/nouveau", data=data)
    assert answer.status_code == 422
    assert answer.text.count("Ce champ est obligatoire.") >= 3


def test_a_name_of_spaces_is_no_name(client_as: Callable) -> None:
    account = make_account(role=Role.TALENT)
    data = {"display_name": "  ", "role": "talent", "is_active": "y", "version": account.version_id}
    answer = client_as(Role.ADMINISTRATOR).post(f"/comptes/{account.id}", data=data)
    assert answer.status_code == 422
