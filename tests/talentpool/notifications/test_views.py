"""One reads one's own notifications, and nobody else's."""

from collections.abc import Callable

from talentpool.db import db
from talentpool.mail.models import OutgoingMail
from talentpool.notifications import queries
from talentpool.notifications.cli import commands
from talentpool.notifications.kinds import Group, groups_for
from talentpool.notifications.models import Delivery, Notification
from talentpool.web.pipeline import Application
from tests.factories.accounts import make_account
from tests.factories.notifications import make_notification


class TestListing:
    def test_without_any_it_says_what_comes_here(self, client_of: Callable) -> None:
        page = client_of(make_account()).get("/notifications").text
        assert "Aucune notification pour l’instant" in page
        assert "Tout marquer comme lu" not in page

    def test_one_s_own_newest_first_and_no_other(self, client_of: Callable) -> None:
        account = make_account()
        for need in ("Ancienne", "Récente"):
            make_notification(account, params={"need": need})
        make_notification(make_account(), params={"need": "Étrangère"})
        page = client_of(account).get("/notifications").text
        assert page.index("Récente") < page.index("Ancienne")
        assert "Étrangère" not in page
        assert "à 100\N{NO-BREAK SPACE}%." in page
        assert "Notifications (2)" in page

    def test_hostile_words_are_shown_as_words(self, client_of: Callable) -> None:
        account = make_account()
        hostile = '"><script>alert(1)</script>{{7*7}}%(x)s'
        make_notification(account, params={"need": hostile})
        page = client_of(account).get("/notifications").text
        assert "<script>alert" not in page
        assert "{{7*7}}%(x)s" in page

    def test_one_whose_feature_is_gone_is_still_listed(self, client_of: Callable) -> None:
        account = make_account()
        make_notification(account).kind = "gone.kind"
        db.session.commit()
        assert "gone.kind" in client_of(account).get("/notifications").text

    def test_many_stand_on_several_pages(self, client_of: Callable) -> None:
        account = make_account()
        for _number in range(30):
            make_notification(account)
        browser = client_of(account)
        assert browser.get("/notifications").text.count("Non lue") == 25
        assert browser.get("/notifications?page=2").text.count("Non lue") == 5


class TestOpening:
    def test_it_is_read_and_one_is_led_there(self, client_of: Callable) -> None:
        account = make_account()
        told = make_notification(account, url_path="/postes?etat=open")
        browser = client_of(account)
        answer = browser.post(f"/notifications/{told.id}/ouvrir")
        assert (answer.status_code, answer.location) == (303, "/postes?etat=open")
        page = browser.get("/notifications").text
        assert "Non lue" not in page
        assert 'href="/postes?etat=open"' in page
        assert "Notifications (" not in page

    def test_another_s_is_not_found_and_stays_unread(self, client_of: Callable) -> None:
        owner = make_account()
        told = make_notification(owner)
        answer = client_of(make_account()).post(f"/notifications/{told.id}/ouvrir")
        assert answer.status_code == 404
        assert queries.unread_count(owner) == 1

    def test_a_row_that_leads_elsewhere_leads_back(self, client_of: Callable) -> None:
        account = make_account()
        told = make_notification(account)
        told.url_path = "//voleur.example"
        db.session.commit()
        answer = client_of(account).post(f"/notifications/{told.id}/ouvrir")
        assert answer.location == "/notifications"

    def test_all_are_read_at_once(self, client_of: Callable) -> None:
        account, other = make_account(), make_account()
        for told in (account, account, other):
            make_notification(told)
        assert client_of(account).post("/notifications/lues").status_code == 303
        assert queries.unread_count(account) == 0
        assert queries.unread_count(other) == 1


class TestPreferences:
    def test_mails_come_at_once_until_one_says_otherwise(self, client_of: Callable) -> None:
        account = make_account()
        browser = client_of(account)
        page = browser.get("/notifications/reglages").text
        assert 'value="at_once" checked' in page
        assert account.email in page
        for delivery in (Delivery.WEEKLY, Delivery.NEVER):
            data = {"delivery": delivery.value}
            assert browser.post("/notifications/reglages", data=data).status_code == 303
            assert queries.delivery_of(account) is delivery
            page = browser.get("/notifications/reglages").text
            assert f'value="{delivery.value}" checked' in page

    def test_what_is_no_choice_is_refused(self, client_of: Callable) -> None:
        account = make_account()
        browser = client_of(account)
        answer = browser.post("/notifications/reglages", data={"delivery": "hourly"})
        assert answer.status_code == 422
        assert queries.delivery_of(account) is Delivery.AT_ONCE

    def test_the_page_is_where_mails_say(self, client_of: Callable) -> None:
        account = make_account()
        make_notification(account)
        text = db.session.query(OutgoingMail).one().text
        address = text.rpartition("http://127.0.0.1:8000")[2].strip()
        assert client_of(account).get(address).status_code == 200


class TestHeader:
    def test_a_visitor_sees_no_notifications(self, client: object) -> None:
        assert "/notifications" not in client.get("/").text

    def test_english_readers_read_english(self, client_of: Callable) -> None:
        account = make_account()
        make_notification(account)
        browser = client_of(account)
        browser.get("/langue/en")
        page = browser.get("/notifications").text
        assert "Unread" in page
        assert "Mark all as read" in page


def test_the_command_queues_digests(app: Application, client_of: Callable) -> None:
    account = make_account()
    client_of(account).post(
        "/notifications/reglages", data={"delivery": "daily", "groups": ["other"]}
    )
    make_notification(account)
    done = app.test_cli_runner().invoke(commands, ["digest"])
    assert done.output == "1 digests queued.\n"
    assert db.session.query(OutgoingMail).count() == 1
    assert db.session.query(Notification).one().mailed_at is not None


def test_a_group_switched_off_stays_on_the_site_and_sends_no_mail(client_of: Callable) -> None:
    account = make_account()
    browser = client_of(account)
    page = browser.get("/notifications/reglages").text
    assert page.count("checked") == 1 + len(groups_for(account.role))
    typed = {"delivery": "at_once", "groups": ["needs", "messages"]}
    assert browser.post("/notifications/reglages", data=typed).status_code == 303
    assert queries.muted_groups(account) == set(groups_for(account.role)) - {
        Group.NEEDS,
        Group.MESSAGES,
    }
    told = make_notification(account)
    assert told.mailed_at is None
    assert queries.unmailed(account) == []
    assert "Léa est à signer" in browser.get("/notifications").text
    typed["groups"].append("other")
    browser.post("/notifications/reglages", data=typed)
    assert make_notification(account).mailed_at is not None
