"""Secrets at rest: authenticated encryption, keyed digests, and model fields that use them.

Each purpose gets a key of its own, derived from FIELD_KEY, so that a digest made for one column can
never be compared with another's.
"""

import base64
import hmac
import json
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models


class WrongFieldKey(Exception):
    """A stored secret cannot be read: FIELD_KEY is not the one it was written with, or the row was
    altered.
    """


@cache
def _key(master: str, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=b"kanim-portal", info=purpose.encode()).derive(
        master.encode()
    )


def keyed_digest(purpose: str, text: str) -> str:
    """HMAC-SHA256 as 64 hex signs: a blind index, equal for equal text and useless without the
    key.
    """
    key = _key(settings.FIELD_KEY, purpose)
    # A lone surrogate is no text, but no reason to fail either: what is digested may be anything
    # typed.
    return hmac.digest(key, text.encode(errors="surrogatepass"), "sha256").hex()


def encrypt(text: str) -> str:
    return _fernet().encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """The clear text; raises WrongFieldKey when the token was not made with today's key."""
    try:
        return _fernet().decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise WrongFieldKey from error


def _fernet() -> Fernet:
    return _fernet_of(settings.FIELD_KEY)


@cache
def _fernet_of(master: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key(master, "encrypt")))


class EncryptedTextField(models.TextField):
    """Text that is unreadable in the database and in backups; it cannot be searched or sorted."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return encrypt(value) if value else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return decrypt(value) if value else value


class EncryptedJSONField(models.TextField):
    """JSON kept the same way."""

    def get_prep_value(self, value: Any) -> Any:
        return encrypt(json.dumps(value, ensure_ascii=False)) if value else ""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return json.loads(decrypt(value)) if value else {}

    def to_python(self, value: Any) -> Any:
        return value
