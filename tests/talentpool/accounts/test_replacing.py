"""Replacing a lost address: what each side may do, until when, and what stays."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from talentpool.access import Role
from talentpool.accounts import address_models, factors, links, registering, replacing, services
from talentpool.accounts.address_models import AddressChange, ChangeState
from talentpool.accounts.cli import commands
from talentpool.accounts.models import Account, AccountLink, LinkPurpose
from talentpool.db import db, now
from talentpool.journal.models import JournalEntry
from talentpool.mail.models import OutgoingMail
from talentpool.web.pipeline import Application
from tests.factories.accounts import PASSWORD, make_account, make_app, path_in
from tests.proofreader import ProofreadingClient
from tests.reading import complaints, filled, text_of

NEW = "ailleurs@aube.example"
WEEK = timedelta(days=7)
MINUTE = timedelta(minutes=1)


def mail_to(address: str) -> OutgoingMail:
    found = db.select(OutgoingMail).where(OutgoingMail.recipient == address)
    return db.session.scalars(found.order_by(OutgoingMail.id.desc())).first()


def link_to(address: str, purpose: LinkPurpose) -> AccountLink:
    found = links.link_behind(path_in(mail_to(address)).split("/")[-1], purpose)
    assert found is not None
    return found


def asked(account: Account, *, new_email: str = NEW) -> AddressChange:
    change = replacing.ask_to_replace(account, new_email=new_email, reason="Vue ce matin.", by=None)
    db.session.commit()
    return change


@pytest.fixture
def wait(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], datetime]:
    """Return a mover of every clock that these services read."""

    def move(by: timedelta) -> datetime:
        for module in (links, replacing, address_models):
            monkeypatch.setattr(module, "now", lambda: now() + by)
        return now() + by

    return move


@pytest.mark.usefixtures("each_database")
class TestReplacing:
    def test_nothing_changes_before_the_old_one_s_week_is_over(self, wait: Callable) -> None:
        account = make_account(role=Role.TALENT, email="perdue@aube.example")
        app, _secret = make_app(account)
        hashed, token = account.password_hash, services.open_sign_in(account)
        change = asked(account)
        assert replacing.carry_out_due() == (0, 0)
        replacing.confirm(link_to(NEW, LinkPurpose.REPLACE_ADDRESS))
        wait(WEEK - MINUTE)
        assert replacing.carry_out_due() == (0, 0)
        assert account.email == "perdue@aube.example"
        wait(WEEK + MINUTE)
        assert replacing.carry_out_due() == (1, 0)
        assert (account.email, change.state) == (NEW, ChangeState.DONE)
        assert services.sign_in_behind(token) is None
        assert (account.password_hash, factors.factors_of(account)) == (hashed, [app])
        assert "désormais joint" in mail_to(NEW).text
        assert "n’ouvre plus rien" in mail_to("perdue@aube.example").text
        assert NEW not in mail_to("perdue@aube.example").text
        assert replacing.carry_out_due() == (0, 0)

    def test_nor_before_the_new_one_has_confirmed(self, wait: Callable) -> None:
        account = make_account()
        before = account.email
        change = asked(account)
        wait(WEEK + MINUTE)
        assert replacing.carry_out_due() == (0, 0)
        assert account.email == before
        replacing.confirm(link_to(NEW, LinkPurpose.REPLACE_ADDRESS))
        assert (account.email, change.state) == (NEW, ChangeState.DONE)

    @pytest.mark.parametrize("is_confirmed", [False, True])
    def test_the_old_one_stops_it_until_the_last_minute(
        self, is_confirmed: bool, wait: Callable
    ) -> None:
        account = make_account()
        before = account.email
        change = asked(account)
        if is_confirmed:
            replacing.confirm(link_to(NEW, LinkPurpose.REPLACE_ADDRESS))
        wait(WEEK - MINUTE)
        replacing.stop(link_to(before, LinkPurpose.KEEP_ADDRESS))
        wait(WEEK + MINUTE)
        assert replacing.carry_out_due() == (0, 0)
        assert (account.email, change.state) == (before, ChangeState.STOPPED)
        token = path_in(mail_to(NEW)).split("/")[-1]
        assert links.link_behind(token, LinkPurpose.REPLACE_ADDRESS) is None

    def test_after_its_week_the_old_one_stops_nothing(self, wait: Callable) -> None:
        account = make_account()
        asked(account)
        token = path_in(mail_to(account.email)).split("/")[-1]
        wait(WEEK + MINUTE)
        assert links.link_behind(token, LinkPurpose.KEEP_ADDRESS) is None

    def test_who_does_not_confirm_in_time_stays(self, wait: Callable) -> None:
        account = make_account()
        change = asked(account)
        wait(2 * WEEK + MINUTE)
        assert change.state is ChangeState.EXPIRED
        assert asked(account, new_email="b@aube.example") is not change

    def test_one_waits_at_a_time_until_it_is_withdrawn(self) -> None:
        account = make_account()
        change = asked(account)
        with pytest.raises(replacing.AlreadyAsked):
            asked(account, new_email="b@aube.example")
        link = link_to(NEW, LinkPurpose.REPLACE_ADDRESS)
        replacing.withdraw(change, by=None)
        for late in (lambda: replacing.confirm(link), lambda: replacing.withdraw(change, by=None)):
            with pytest.raises(replacing.ChangeOver):
                late()
        asked(account, new_email="b@aube.example")

    def test_an_address_that_is_taken_is_refused_then_and_later(self, wait: Callable) -> None:
        account, other = make_account(), make_account()
        with pytest.raises(services.EmailAlreadyTaken):
            asked(account, new_email=other.email)
        asked(account)
        replacing.confirm(link_to(NEW, LinkPurpose.REPLACE_ADDRESS))
        make_account(email=NEW)
        wait(WEEK + MINUTE)
        assert replacing.carry_out_due() == (0, 1)

    def test_who_moves_by_themselves_needs_it_no_more(self, wait: Callable) -> None:
        account = make_account()
        change = asked(account)
        link = link_to(NEW, LinkPurpose.REPLACE_ADDRESS)
        replacing.confirm(link)
        services.change_address(account, new_email="moi@aube.example", by=account)
        wait(WEEK + MINUTE)
        assert replacing.carry_out_due() == (0, 0)
        assert (account.email, change.state) == ("moi@aube.example", ChangeState.OVERTAKEN)

    def test_disabling_the_account_ends_it(self, wait: Callable) -> None:
        account = make_account(role=Role.TALENT)
        change = asked(account)
        replacing.confirm(link_to(NEW, LinkPurpose.REPLACE_ADDRESS))
        for is_active in (False, True):
            services.edit_account(
                account, display_name="X", role=Role.TALENT, is_active=is_active, by=None
            )
        wait(WEEK + MINUTE)
        assert replacing.carry_out_due() == (0, 0)
        assert change.state is ChangeState.WITHDRAWN

    def test_neither_link_serves_an_ordinary_move(self) -> None:
        account = make_account()
        asked(account)
        for address in (account.email, NEW):
            token = path_in(mail_to(address)).split("/")[-1]
            assert links.link_behind(token, *registering.BOTH) is None

    def test_the_journal_holds_no_words(self) -> None:
        change = asked(make_account())
        found = db.select(JournalEntry).where(JournalEntry.action == "account.replacement_asked")
        assert db.session.scalars(found).one().details == {"change": change.id}


class TestPages:
    def test_the_administration_asks_and_both_addresses_answer(
        self, app: Application, client: ProofreadingClient, client_as: Callable
    ) -> None:
        account = make_account(role=Role.TALENT, display_name="Aubeline Carrosse")
        old = account.email
        admin, address = client_as(Role.ADMINISTRATOR), f"/comptes/{account.id}/adresse"
        page = admin.get(address)
        assert "un lien y arrête tout" in text_of(page)
        typed = {"email": NEW, "reason": "Vue à son bureau."}
        refused = admin.post(address, data=filled(page, **typed, password="x"))
        assert list(complaints(refused)) == ["password"]
        assert "Vue à son bureau." in refused.text
        assert mail_to(NEW) is None
        assert admin.post(address, data=filled(refused, password=PASSWORD)).location == address
        assert "Vue à son bureau." in text_of(admin.get(address))
        told = mail_to(old).text
        assert NEW not in told
        assert "a…@aube.example" in told
        confirm, keep = path_in(mail_to(NEW)), path_in(mail_to(old))
        assert NEW in client.get(confirm).text
        assert NEW not in client.get(keep).text
        assert replacing.newest_change_of(account).confirmed_at is None
        assert client.post(confirm).location == "/connexion"
        assert client.get(confirm).status_code == 404
        assert "a confirmé" in text_of(admin.get(address))
        assert client.post(keep).location == "/connexion"
        assert client.get(keep).status_code == 404
        assert "ou depuis l’ancienne adresse" in text_of(admin.get(address))

    def test_what_is_wrong_is_said_beside_it(self, client_as: Callable) -> None:
        account, other = make_account(), make_account()
        admin, address = client_as(Role.ADMINISTRATOR), f"/comptes/{account.id}/adresse"
        data = {"email": other.email, "reason": "", "password": PASSWORD}
        assert list(complaints(admin.post(address, data=data))) == ["reason"]
        answer = admin.post(address, data={**data, "reason": "Vue."})
        assert "existe déjà" in complaints(answer)["email"]
        asked(account)
        answer = admin.post(address, data={**data, "email": "b@aube.example", "reason": "Vue."})
        assert "attend déjà" in complaints(answer)["email"]
        assert "b@aube.example" in answer.text

    def test_guessing_the_administrator_s_password_is_stopped(self, client_as: Callable) -> None:
        admin, address = client_as(Role.ADMINISTRATOR), f"/comptes/{make_account().id}/adresse"
        data = {"email": NEW, "reason": "Vue.", "password": "x"}
        answers = [admin.post(address, data=data).status_code for _try in range(11)]
        assert answers == [422] * 10 + [429]

    def test_it_is_withdrawn(self, client_as: Callable) -> None:
        account = make_account()
        change = asked(account)
        admin, address = client_as(Role.ADMINISTRATOR), f"/comptes/{account.id}/adresse/retirer"
        for said in ("ses liens ne servent plus", "aucun changement d’adresse n’attend"):
            assert said in admin.get(admin.post(address).location).text
        assert change.state is ChangeState.WITHDRAWN

    def test_who_is_signed_in_stops_it_without_reading_mails(self, client_of: Callable) -> None:
        account = make_account(role=Role.TALENT)
        before, browser = account.email, client_of(account)
        assert NEW not in browser.get("/mon-compte").text
        change = asked(account)
        replacing.confirm(link_to(NEW, LinkPurpose.REPLACE_ADDRESS))
        db.session.commit()
        assert NEW in text_of(browser.get("/mon-compte"))
        for said in ("garde son adresse", "aucun changement d’adresse n’attend"):
            answer = browser.post("/mon-compte/adresse/garder")
            assert said in browser.get(answer.location).text
        assert (account.email, change.state) == (before, ChangeState.STOPPED)
        assert NEW not in browser.get("/mon-compte").text

    def test_one_s_own_is_changed_elsewhere(self, client_of: Callable) -> None:
        account = make_account(role=Role.ADMINISTRATOR)
        answer = client_of(account).get(f"/comptes/{account.id}/adresse")
        assert answer.location == "/mon-compte/adresse"

    def test_a_disabled_account_waits_to_be_active_again(self, client_as: Callable) -> None:
        account = make_account()
        account.is_active = False
        db.session.commit()
        admin, address = client_as(Role.ADMINISTRATOR), f"/comptes/{account.id}/adresse"
        data = {"email": NEW, "reason": "Vue.", "password": PASSWORD}
        assert "Rendez-le d’abord actif" in text_of(admin.post(address, data=data))
        assert replacing.newest_change_of(account) is None


class TestCommand:
    def test_it_carries_out_what_is_due(self, app: Application) -> None:
        account = make_account()
        change = asked(account)
        change.confirmed_at = now()
        change.takes_effect_at = now() - MINUTE
        db.session.commit()
        answer = app.test_cli_runner().invoke(commands, ["replace-addresses"])
        assert answer.output == "1 addresses replaced.\n"
        db.session.expire_all()
        assert account.email == NEW
