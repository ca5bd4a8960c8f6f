"""Sealing and opening a body, so that it can be read with its own key and in its own row only."""

import hmac
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.store.errors import Unreadable

BLOCK = 256
"""Bytes; lengths leak: "Duldung" is shorter than "Aufenthaltsgestattung"."""

NONCE = 12
"""Bytes; drawn anew for every sealing, under a key that seals one conversation only."""

_TIMES = struct.Struct(">qq")
_ROW = struct.Struct(">32s16sq")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_END = b"\x80"


@dataclass(frozen=True, slots=True)
class Row:
    """Where a body belongs; sealed in as associated data, so no body opens in another row."""

    person: bytes
    key: bytes
    version: int


@dataclass(frozen=True, slots=True)
class Content:
    """What is sealed. The exact times are within: outside, only hours can be read."""

    body: bytes
    touched: datetime
    expires: datetime


def blind(pepper: bytes, person: int) -> bytes:
    """The name under which a person's row is found; nothing leads back without the pepper."""
    return hmac.digest(pepper, b"%d" % person, "sha256")


def seal(key: AESGCM, nonce: bytes, content: Content, row: Row) -> bytes:
    times = _TIMES.pack(microseconds(content.touched), microseconds(content.expires))
    plain = times + content.body + _END
    plain += bytes(-len(plain) % BLOCK)
    return nonce + key.encrypt(nonce, plain, _about(row))


def unseal(key: AESGCM, sealed: bytes, row: Row) -> Content:
    """What was sealed for exactly this row.

    Raises:
        Unreadable: it was altered, or sealed for another row, version or key.
    """
    try:
        plain = key.decrypt(sealed[:NONCE], sealed[NONCE:], _about(row))
    except (InvalidTag, ValueError) as error:
        raise Unreadable("A stored conversation does not belong to its row.") from error
    touched, expires = _TIMES.unpack_from(plain)
    body = plain[_TIMES.size : plain.rindex(_END)]
    return Content(body, _moment(touched), _moment(expires))


def _about(row: Row) -> bytes:
    return b"conversation 1 " + _ROW.pack(row.person, row.key, row.version)


def microseconds(moment: datetime) -> int:
    """Since 1970 in UTC; a moment without a zone raises TypeError instead of being guessed."""
    return (moment - _EPOCH) // _MICROSECOND


def _moment(microseconds: int) -> datetime:
    return _EPOCH + microseconds * _MICROSECOND
