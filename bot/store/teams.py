"""One row a counsellors' group, sealed; for which services it receives, and who works there."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from bot.store.errors import Conflict
from bot.store.safe import Safe
from bot.store.shelf import Kept, Shelf, Statements
from bot.store.times import microseconds

_NEVER = datetime.max.replace(tzinfo=UTC)
"""When a team expires."""

_STATEMENTS = Statements(
    find="SELECT key, version, body FROM team WHERE team = :name",
    add=(
        "INSERT INTO team (team, key, version, body) VALUES (:name, :key, :version, :body)"
        " ON CONFLICT (team) DO NOTHING"
    ),
    change=(
        "UPDATE team SET version = :version, body = :body"
        " WHERE team = :name AND version = :before AND key = :key"
    ),
    delete="DELETE FROM team WHERE team = :name AND key = :key",
)
_OF_SERVICE = "SELECT team FROM team_service WHERE service = :service"
_OF_PERSON = (
    "SELECT team.team, key, version, body FROM team_person"
    " JOIN team ON team.team = team_person.team WHERE person = :person ORDER BY team.team"
)
_ALL = "SELECT team, key, version, body FROM team ORDER BY team"
_LINKED = "SELECT service, reach FROM team_service ORDER BY service"
_SERVICES = "SELECT service FROM team_service WHERE team = :team"
_SERVE = (
    "INSERT INTO team_service (service, team, reach) VALUES (:service, :team, :reach)"
    " ON CONFLICT (service) DO UPDATE SET reach = excluded.reach"
    " WHERE team_service.team = excluded.team"
)
_UNSERVE = "DELETE FROM team_service WHERE service = :service AND team = :team"
_MOVE_SERVICES = "UPDATE team_service SET team = :new WHERE team = :old"
_PEOPLE = "SELECT person FROM team_person WHERE team = :team"
_JOIN = "INSERT INTO team_person (person, team) VALUES (:person, :team)"
_LEAVE = "DELETE FROM team_person WHERE person = :person AND team = :team"
_MOVE_PEOPLE = "UPDATE team_person SET team = :new WHERE team = :old"
_INVITE = (
    "INSERT INTO invitation (secret, service, until) VALUES (:secret, :service, :until)"
    " ON CONFLICT (secret) DO NOTHING"
)
_REDEEM = "DELETE FROM invitation WHERE secret = :secret AND until > :now RETURNING service"
_FORGET_INVITATIONS = "DELETE FROM invitation WHERE until <= :now"


class Teams:
    """Found by their group, a service or a person. A team never expires."""

    def __init__(self, safe: Safe) -> None:
        self._safe = safe
        self._database = safe.database
        self._shelf = Shelf(safe, "team", _STATEMENTS)

    def find(self, group: int) -> Kept | None:
        """The team of this group.

        Raises:
            Unreadable: the row was altered outside the bot; `forget` it.
        """
        return self._shelf.find(self._team(group))

    def of_service(self, service: str) -> Kept | None:
        """The team that receives for this service.

        Raises:
            Unreadable: the row was altered outside the bot.
        """
        rows = self._database.rows(_OF_SERVICE, service=service)
        return self._shelf.find(rows[0][0]) if rows else None

    def of_person(self, person: int) -> list[Kept]:
        """The teams in which this person works."""
        return self._kept(_OF_PERSON, person=self._person(person))

    def all(self) -> list[Kept]:
        return self._kept(_ALL)

    def linked(self) -> dict[str, str]:
        """Service -> how it can be reached, of all services that have a team."""
        return dict(self._database.rows(_LINKED))

    def keep(
        self,
        group: int,
        body: bytes,
        version: int | None,
        *,
        reach: Mapping[str, str],
        people: Iterable[int],
    ) -> int:
        """Keep the team in place of that `version` (None or 0: there was none); the new version.

        `reach` names its services and can be read on the disk: it must say nothing of a person.

        Raises:
            Conflict: another version is kept, or another team has one of the services.
        """
        team = self._team(group)
        with self._safe.savepoint():
            if version:
                version = self._shelf.change(team, body, version, _NEVER)
            else:
                version = self._shelf.add(team, body, _NEVER)
            self._serve(team, reach)
            self._staff(team, {self._person(person) for person in people})
        return version

    def forget(self, group: int) -> None:
        """The team goes, its key when the turn has ended; its services have none."""
        team = self._team(group)
        self._shelf.erase(team)
        self._serve(team, {})
        self._staff(team, set())

    def moved(self, old_group: int, new_group: int) -> None:
        """What was kept for the old group is kept for the new one, as version 1; may come twice.

        Raises:
            Conflict: the new group has a team already.
        """
        old, new = self._team(old_group), self._team(new_group)
        kept = self._shelf.find(old)
        if kept is None or old == new:
            return
        self._shelf.add(new, kept.body, _NEVER)
        self._shelf.erase(old)
        self._database.change(_MOVE_SERVICES, old=old, new=new)
        self._database.change(_MOVE_PEOPLE, old=old, new=new)

    def invite(self, secret: str, service: str, until: datetime) -> None:
        """Whoever knows the secret may link this service, once, before `until`."""
        values = {"service": service, "until": microseconds(until)}
        self._database.change(_INVITE, secret=self._secret(secret), **values)

    def redeem(self, secret: str) -> str | None:
        """The service, once; None if the secret is unknown, used or too old."""
        values = {"secret": self._secret(secret), "now": microseconds(self._safe.now)}
        rows = self._database.rows(_REDEEM, **values)
        return str(rows[0][0]) if rows else None

    def sweep(self) -> None:
        """Forget invitations that are too old."""
        self._database.change(_FORGET_INVITATIONS, now=microseconds(self._safe.now))

    def _kept(self, statement: str, **values: object) -> list[Kept]:
        rows = self._database.rows(statement, **values)
        return [Kept(content.body, row.version) for row, content in self._shelf.opened(rows)]

    def _serve(self, team: bytes, reach: Mapping[str, str]) -> None:
        standing = {service for (service,) in self._database.rows(_SERVICES, team=team)}
        for service in sorted(standing - reach.keys()):
            self._database.change(_UNSERVE, service=service, team=team)
        for service, how in sorted(reach.items()):
            if self._database.change(_SERVE, service=service, team=team, reach=how) != 1:
                raise Conflict

    def _staff(self, team: bytes, people: set[bytes]) -> None:
        standing = {person for (person,) in self._database.rows(_PEOPLE, team=team)}
        for person in sorted(standing - people):
            self._database.change(_LEAVE, person=person, team=team)
        for person in sorted(people - standing):
            self._database.change(_JOIN, person=person, team=team)

    def _team(self, group: int) -> bytes:
        return self._safe.blind(f"team {group}")

    def _person(self, person: int) -> bytes:
        return self._safe.blind(f"colleague {person}")

    def _secret(self, secret: str) -> bytes:
        return self._safe.blind(f"invitation {secret}")
