from datetime import timedelta

import pytest
from sqlalchemy import select

from talentpool.access import Role
from talentpool.accounts import links
from talentpool.accounts.models import AccountLink, LinkPurpose
from talentpool.db import db, now
from talentpool.invitations import services
from talentpool.invitations.models import InvitationState
from talentpool.journal.models import JournalEntry
from talentpool.mail.models import OutgoingMail
from talentpool.talents.models import PoolStatus
from talentpool.talents.queries import profile_of
from tests.factories.accounts import PASSWORD, make_account
from tests.factories.invitations import make_invitation, newest_token
from tests.factories.talents import make_talent

pytestmark = pytest.mark.usefixtures("each_database")


def link_of(token: str) -> AccountLink:
    found = links.link_behind(token, LinkPurpose.INVITE)
    assert found is not None
    return found


class TestSend:
    def test_the_link_serves_fourteen_days(self) -> None:
        invitation, token = make_invitation()
        link = link_of(token)
        assert timedelta(days=13, hours=23) < link.expires_at - now() <= timedelta(days=14)
        assert invitation.state is InvitationState.SENT
        invitation.sent_at -= timedelta(days=14, seconds=1)
        assert invitation.state is InvitationState.EXPIRED

    def test_one_at_a_time_to_an_address_and_for_a_profile(self) -> None:
        talent = make_talent()
        invitation, _token = make_invitation(email="aube@test.example", talent=talent)
        for email, whom in (("AUBE@test.example", None), ("else@test.example", talent)):
            with pytest.raises(services.AlreadyInvited):
                services.send_invitation(email=email, talent=whom, by=None)
        invitation.sent_at -= timedelta(days=15)
        db.session.flush()
        services.send_invitation(email="aube@test.example", talent=talent, by=None)

    def test_a_profile_that_somebody_holds_needs_none(self) -> None:
        talent = make_talent(account=make_account(role=Role.TALENT))
        with pytest.raises(services.ProfileAlreadyHeld):
            services.send_invitation(email="aube@test.example", talent=talent, by=None)

    def test_only_the_mail_knows_who_has_an_account(self) -> None:
        account = make_account(role=Role.TALENT)
        known, _token = make_invitation(email=account.email)
        unknown, _token = make_invitation()
        texts = [mail.text for mail in db.session.scalars(select(OutgoingMail)).all()]
        subjects = {mail.subject for mail in db.session.scalars(select(OutgoingMail)).all()}
        assert known.state is unknown.state is InvitationState.SENT
        assert ["Connectez-vous" in text for text in texts] == [True, False]
        assert len(subjects) == 1

    def test_the_journal_names_nobody(self) -> None:
        make_invitation(email="aube@test.example", talent=make_talent())
        entry = db.session.scalars(
            select(JournalEntry).where(JournalEntry.action == "invitation.sent")
        ).one()
        assert "aube" not in str(entry.details)


class TestMove:
    def test_sent_again_the_former_link_is_dead(self) -> None:
        invitation, token = make_invitation()
        services.send_again(invitation, by=None)
        assert links.link_behind(token, LinkPurpose.INVITE) is None
        assert link_of(newest_token()).email == invitation.email

    def test_withdrawn_its_link_is_dead_and_it_moves_no_more(self) -> None:
        invitation, token = make_invitation()
        services.withdraw_invitation(invitation, by=None)
        assert links.link_behind(token, LinkPurpose.INVITE) is None
        assert invitation.state is InvitationState.WITHDRAWN
        for move in (services.send_again, services.withdraw_invitation):
            with pytest.raises(services.InvitationOver):
                move(invitation, by=None)


class TestAccept:
    def test_a_newcomer_starts_outside_the_pool(self) -> None:
        invitation, token = make_invitation()
        account = services.accept_as_newcomer(
            link_of(token), display_name="Aubeline Carrosse", password=PASSWORD
        )
        profile = profile_of(account)
        assert account.role is Role.TALENT
        assert account.email == invitation.email
        assert profile is not None
        assert profile.pool_status is PoolStatus.CANDIDATE
        assert invitation.state is InvitationState.ACCEPTED
        assert invitation.talent is profile
        assert links.link_behind(token, LinkPurpose.INVITE) is None

    def test_a_newcomer_becomes_the_holder_of_the_profile(self) -> None:
        talent = make_talent()
        _invitation, token = make_invitation(talent=talent)
        account = services.accept_as_newcomer(
            link_of(token), display_name="Aubeline Carrosse", password=PASSWORD
        )
        assert profile_of(account) is talent
        assert talent.pool_status is PoolStatus.POOL

    def test_an_account_that_was_there_accepts_knowingly(self) -> None:
        talent, account = make_talent(), make_account(role=Role.TALENT)
        _invitation, token = make_invitation(email=account.email, talent=talent)
        assert talent.account is None
        services.accept_as_holder(link_of(token), account=account)
        assert profile_of(account) is talent
        assert links.link_behind(token, LinkPurpose.INVITE) is None

    def test_a_profile_of_one_s_own_is_not_replaced(self) -> None:
        account = make_account(role=Role.TALENT)
        own, other = make_talent(account=account), make_talent()
        invitation, token = make_invitation(email=account.email, talent=other)
        with pytest.raises(services.HoldsAnotherProfile):
            services.accept_as_holder(link_of(token), account=account)
        assert (own.account, other.account) == (account, None)
        assert invitation.state is InvitationState.SENT

    def test_who_holds_a_profile_keeps_it(self) -> None:
        talent, account = make_talent(), make_account(role=Role.TALENT)
        _invitation, token = make_invitation(email=account.email, talent=talent)
        holder = make_account(role=Role.TALENT)
        talent.account = holder
        db.session.flush()
        with pytest.raises(services.ProfileAlreadyHeld):
            services.accept_as_holder(link_of(token), account=account)
        assert talent.account is holder

    def test_a_ministry_s_account_holds_no_profile(self) -> None:
        account = make_account(role=Role.MINISTRY_MEMBER)
        _invitation, token = make_invitation(email=account.email, talent=make_talent())
        with pytest.raises(services.NotATalent):
            services.accept_as_holder(link_of(token), account=account)
