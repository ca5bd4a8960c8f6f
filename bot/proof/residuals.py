"""What of a condition is still open, so that people for whom the same is open share a future."""

from bot.core import logic
from bot.core.logic import All, AnyOf, Condition, Is, Known, Not

_Rest = int | tuple[object, ...]


class Residuals:
    """Many conditions, each partly settled by a case."""

    __slots__ = ("_conditions", "_numbers", "_seen", "mentions")

    def __init__(self, conditions: tuple[Condition, ...]) -> None:
        self._conditions = conditions
        self.mentions = tuple(condition.mentions() for condition in conditions)
        """Of each condition, the bits that it speaks of."""
        self._numbers: dict[_Rest, int] = {}
        self._seen: dict[tuple[int, int, int, int], int] = {}

    def of(self, number: int, known: Known) -> int:
        """As `look`; but where it is open, equal numbers mean that the same remains to be said."""
        bits = self.mentions[number]
        key = (number, known.true & bits, known.perhaps & bits, known.open & bits)
        seen = self._seen.get(key)
        if seen is None:
            rest = _rest(self._conditions[number], known)
            if not isinstance(rest, int):
                rest = self._numbers.setdefault(rest, len(self._numbers) + 1)
            self._seen[key] = seen = rest
        return seen


def _rest(condition: Condition, known: Known) -> _Rest:
    """The condition without its settled parts."""
    seen = condition.look(known)
    if seen <= 0:
        return seen
    match condition:
        case Is(bits, whole):
            unknown = bool(known.perhaps & bits)
            return ("is", known.open & bits, unknown, unknown and whole)
        case All(parts):
            return _joined("all", parts, known, idle=logic.YES)
        case AnyOf(parts):
            return _joined("any", parts, known, idle=logic.NO)
        case Not(inner):
            return ("not", _rest(inner, known))
        case _:
            raise TypeError(f"There is no condition {type(condition).__name__}.")


def _joined(form: str, parts: tuple[Condition, ...], known: Known, *, idle: int) -> _Rest:
    rests = [rest for part in parts if (rest := _rest(part, known)) != idle]
    return rests[0] if len(rests) == 1 else (form, *rests)
