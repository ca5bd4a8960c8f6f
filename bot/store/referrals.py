"""One row a case, sealed; whose it is as HMAC, which services may see it while it is open."""

from datetime import datetime

from bot.store.letters import Letters
from bot.store.safe import Safe
from bot.store.shelf import SWEPT, Kept, Shelf, Statements
from bot.store.timers import Timers

_STATEMENTS = Statements(
    find="SELECT key, version, body, person FROM referral WHERE code = :name",
    add=(
        "INSERT INTO referral"
        " (code, person, number, key, version, body, touched_hour, expires_hour)"
        " SELECT :name, :person, coalesce(max(number), 0) + 1, :key, :version, :body,"
        " :touched, :expires FROM referral WHERE true"
        " ON CONFLICT (code) DO NOTHING"
    ),
    change=(
        "UPDATE referral SET version = :version, body = :body,"
        " touched_hour = :touched, expires_hour = :expires"
        " WHERE code = :name AND version = :before AND key = :key"
    ),
    delete="DELETE FROM referral WHERE code = :name AND key = :key",
)
_OF = (
    "SELECT code, key, version, body, person FROM referral"
    " WHERE person = :person ORDER BY number, code"
)
_AT = (
    "SELECT referral.code, key, version, body, person FROM open_referral"
    " JOIN referral ON referral.code = open_referral.code"
    " WHERE service = :service ORDER BY number, referral.code"
)
_SERVICES = "SELECT service FROM open_referral WHERE code = :code"
_OPEN = "INSERT INTO open_referral (code, service) VALUES (:code, :service)"
_CLOSE = "DELETE FROM open_referral WHERE code = :code AND service = :service"
_EXPIRED = (
    "SELECT code FROM referral WHERE expires_hour <= :now"
    # Workers that sweep at once take the rows in the same order, and so never wait in a circle.
    " ORDER BY code LIMIT :limit"
)


class Referrals:
    """Found by their case code, by person, or by service."""

    def __init__(self, safe: Safe, letters: Letters, timers: Timers) -> None:
        self._safe = safe
        self._database = safe.database
        self._letters = letters
        self._timers = timers
        self._shelf = Shelf(safe, "referral", _STATEMENTS)

    def add(
        self, code: str, person: int, services: frozenset[str], body: bytes, expires: datetime
    ) -> None:
        """Keep a new case, open at these services, as version 1.

        Raises:
            Conflict: the code is in use.
        """
        self._shelf.add(code, body, expires, person=self._person(person))
        self._open(code, services)

    def find(self, code: str) -> Kept | None:
        """The case, or None: never, expired, or erased.

        Raises:
            Unreadable: the row was altered outside the bot; `erase` it.
        """
        return self._shelf.find(code)

    def of(self, person: int) -> list[tuple[str, Kept]]:
        """This person's cases with their codes, open and closed, oldest first."""
        return self._kept(_OF, person=self._person(person))

    def at(self, service: str) -> list[tuple[str, Kept]]:
        """The open cases of this service with their codes, oldest first."""
        return self._kept(_AT, service=service)

    def change(  # noqa: PLR0913 - what is kept, sealed and beside it
        self,
        code: str,
        body: bytes,
        version: int,
        expires: datetime,
        *,
        services: frozenset[str],
        is_open: bool,
    ) -> int:
        """Put the body in place of that version; the new version. Closed, no service finds it.

        Raises:
            Conflict: another version is kept, or nothing is.
        """
        version = self._shelf.change(code, body, version, expires)
        self._open(code, services if is_open else frozenset())
        return version

    def erase(self, code: str) -> None:
        """The case goes, its key when the turn has ended; its messages are to be taken away."""
        self._shelf.erase(code)
        self._open(code, frozenset())
        self._timers.replace(code, {})
        self._letters.want(code, {}, self._safe.now)

    def sweep(self) -> int:
        """Erase what is expired, at most `SWEPT`; how many went."""
        expired = self._database.rows(_EXPIRED, now=self._safe.hour, limit=SWEPT)
        for (code,) in expired:
            self.erase(code)
        return len(expired)

    def _kept(self, statement: str, **values: object) -> list[tuple[str, Kept]]:
        return [
            (str(row.name), Kept(content.body, row.version))
            for row, content in self._shelf.opened(self._database.rows(statement, **values))
        ]

    def _open(self, code: str, services: frozenset[str]) -> None:
        standing = {service for (service,) in self._database.rows(_SERVICES, code=code)}
        for service in sorted(standing - services):
            self._database.change(_CLOSE, code=code, service=service)
        for service in sorted(services - standing):
            self._database.change(_OPEN, code=code, service=service)

    def _person(self, person: int) -> bytes:
        return self._safe.blind(f"referral {person}")
