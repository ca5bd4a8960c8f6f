"""Sealing and opening, so that a body can be read with its own key and in its own row only."""

import hmac
import struct
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESSIV

from bot.store.errors import Unreadable
from bot.store.times import microseconds, moment

BLOCK = 256
"""Bytes; lengths leak: "Duldung" is shorter than "Aufenthaltsgestattung"."""

NONCE = 12
"""Bytes; drawn anew for every sealing, under a key that seals one row only."""

_TIMES = struct.Struct(">qq")
_PLACE = struct.Struct(">16sq")
_END = b"\x80"


@dataclass(frozen=True, slots=True)
class Row:
    """Where a body belongs; sealed in as associated data, so no body opens in another row."""

    table: str
    name: bytes | str
    key: bytes
    version: int
    person: bytes = b""
    """Whose it is, where the name does not say it."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is sealed. The exact times are within: outside, only hours can be read."""

    body: bytes
    touched: datetime
    expires: datetime


def blind(pepper: bytes, name: str) -> bytes:
    """What stands on the disk in place of a name; nothing leads back without the pepper."""
    return hmac.digest(pepper, name.encode(), "sha256")


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
        raise Unreadable(f"A stored {row.table} does not belong to its row.") from error
    touched, expires = _TIMES.unpack_from(plain)
    body = plain[_TIMES.size : plain.rindex(_END)]
    return Content(body, moment(touched), moment(expires))


def _about(row: Row) -> bytes:
    name = row.name.encode() if isinstance(row.name, str) else row.name
    return row.table.encode() + b" 1 " + row.person + name + _PLACE.pack(row.key, row.version)


class Veil:
    """Hides a word in one place. There the same word looks the same, so that SQL can compare it."""

    def __init__(self, pepper: bytes) -> None:
        self._key = AESSIV(hmac.digest(pepper, b"clearing veil", "sha512"))

    def hide(self, word: str, *place: str) -> str:
        """Nothing ('') stays nothing."""
        return self._key.encrypt(word.encode(), _parts(place)).hex() if word else ""

    def show(self, hidden: str, *place: str) -> str:
        """The other way.

        Raises:
            Unreadable: it was altered, or hidden in another place.
        """
        if not hidden:
            return ""
        try:
            return self._key.decrypt(bytes.fromhex(hidden), _parts(place)).decode()
        except (InvalidTag, ValueError) as error:
            raise Unreadable("A stored word does not belong to its place.") from error


def _parts(place: tuple[str, ...]) -> list[bytes]:
    return [part.encode() for part in place]
