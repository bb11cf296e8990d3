"""Sealing what the database keeps of secrets with a key that is not in the database."""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app


def _fernet() -> Fernet:
    """Derive the key from SECRET_KEY: one secret to keep, and neither use weakens the other."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"talentpool second factors")
    return Fernet(urlsafe_b64encode(derived.derive(current_app.config["SECRET_KEY"].encode())))


def sealed(text: str) -> str:
    """Return a text that only this installation reads, and nobody changes unseen."""
    return _fernet().encrypt(text.encode()).decode()


def opened(seal: str, *, longest: int | None = None) -> str | None:
    """Return what was sealed; None under another SECRET_KEY, or after `longest` seconds."""
    try:
        return _fernet().decrypt(seal.encode(), ttl=longest).decode()
    except InvalidToken:
        return None
