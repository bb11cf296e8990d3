"""What an invitation says by mail: to whoever has no account, and to whoever has one."""

from flask import current_app

from talentpool.mail.writing import Email, written


def of_invitation(token: str, *, has_account: bool) -> Email:
    """Write an invitation; the link proves that the mail was read."""
    link = f"{current_app.config['PUBLIC_URL']}/invitation/{token}"
    folder = "invited_holder" if has_account else "invited"
    return written(f"invitations/emails/{folder}", link=link)
