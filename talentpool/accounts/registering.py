"""Opening one's own account, forgetting a password, moving to another address: each proved by mail."""

from sqlalchemy import select

from talentpool.access import Role
from talentpool.accounts import emails, links, services
from talentpool.accounts.consent_models import ConsentText
from talentpool.accounts.consents import accept
from talentpool.accounts.models import Account, AccountLink, LinkPurpose
from talentpool.accounts.queries import account_at
from talentpool.db import db
from talentpool.journal import services as journal
from talentpool.mail.services import queue_mail

#: An address is moved once both of these have been used.
BOTH = (LinkPurpose.LEAVE_ADDRESS, LinkPurpose.TAKE_ADDRESS)


def ask_to_register(email: str) -> None:
    """Write to an address how to open an account; one that has an account is told so.

    The answer on the page is the same, so that nobody learns who has an account.
    """
    address = services.normalised_email(email)
    if account_at(address) is None:
        _send(address, "register", links.issue(LinkPurpose.REGISTER, email=address))
    else:
        _send(address, "already_registered")


def register(link: AccountLink, *, display_name: str, password: str) -> Account:
    """Open a talent's account at the address that the link proved.

    Raises `EmailAlreadyTaken`, and `links.LinkOver` to whoever comes second.
    """
    links.use(link)
    account = services.create_account(
        email=link.email,
        display_name=display_name,
        role=Role.TALENT,
        password=password,
        by=None,
    )
    db.session.flush()
    # The form is not taken without it.
    accept(account, ConsentText.NOTICE, by=account)
    return account


def ask_to_reset(email: str) -> None:
    """Write to an address how to choose another password; one without an account is told so."""
    address = services.normalised_email(email)
    account = account_at(address)
    if account is not None and account.is_active:
        token = links.issue(LinkPurpose.RESET_PASSWORD, email=address, account=account)
        _send(address, "reset_password", token)
    else:
        _send(address, "no_account")


def choose_password(link: AccountLink, *, password: str) -> Account:
    """Set the password of whoever holds the link, and end every session; raises `links.LinkOver`."""
    account = link.account
    if account is None:
        raise links.LinkOver
    links.use(link)
    services.reset_password(account, password=password, by=account)
    return account


def open_account(*, email: str, display_name: str, role: Role, by: Account | None) -> Account:
    """Open an account for somebody, who is sent a link to choose its password; raises `EmailAlreadyTaken`."""
    account = services.create_account(
        email=email, display_name=display_name, role=role, password=None, by=by
    )
    token = links.issue(LinkPurpose.FIRST_PASSWORD, email=account.email, account=account)
    _send(account.email, "first_password", token)
    return account


def void_password(account: Account, *, by: Account | None) -> None:
    """Let somebody's password open nothing any more, and send them a link to choose another."""
    services.void_password(account, by=by)
    token = links.issue(LinkPurpose.RESET_PASSWORD, email=account.email, account=account)
    _send(account.email, "password_voided", token)


def ask_to_move(account: Account, *, new_email: str, password: str) -> None:
    """Ask both addresses whether an account moves from one to the other.

    Raises `WrongPassword`. An address that is taken gets no link, and nobody is told.
    """
    services.check_password(account, password)
    address = services.normalised_email(new_email)
    links.revoke(*BOTH, account=account)
    for purpose, to in zip(BOTH, (account.email, address), strict=True):
        token = links.issue(purpose, email=to, account=account, new_email=address)
        if account_at(address) is None or purpose is LinkPurpose.LEAVE_ADDRESS:
            _send(to, purpose.value, token, new_email=address)
    journal.record("account.move_asked", account, by=account)


def agree_to_move(link: AccountLink) -> bool:
    """Note one address's yes; with both, move the account. Raises `EmailAlreadyTaken`, `links.LinkOver`."""
    account = link.account
    if account is None:
        raise links.LinkOver
    # Whoever agrees at this moment for the other address waits, and then sees this yes.
    db.session.refresh(account, with_for_update=True)
    other = next(purpose for purpose in BOTH if purpose is not link.purpose)
    links.use(link)
    journal.record("account.move_agreed", account, by=account, purpose=link.purpose.value)
    agreed = db.session.scalars(
        select(AccountLink)
        .where(
            AccountLink.account_id == account.id,
            AccountLink.purpose == other,
            AccountLink.new_email == link.new_email,
            AccountLink.revoked_at.is_(None),
        )
        .order_by(AccountLink.id.desc())
    ).first()
    if agreed is None or agreed.used_at is None:
        return False
    services.change_address(account, new_email=link.new_email, by=account)
    return True


def _send(address: str, event: str, token: str = "", new_email: str = "") -> None:
    mail = emails.of_event(event, token=token, new_email=new_email)
    queue_mail(to=address, subject=mail.subject, text=mail.text)
