"""What a case has settled, reduced to what can still make a difference.

Two people stand at the same point when the same conditions are open in the same way, and of what
is settled the same can still be seen: a rule that another one outdoes for good is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core import logic
from bot.core.knowledge import Book, Refer, Role
from bot.core.logic import Condition, Known
from bot.proof.residuals import Residuals

_Held = tuple[tuple[int, int], ...]
"""Numbers of settled conditions that are not NO, ascending; with what `look` returned."""


@dataclass(frozen=True, slots=True)
class Standing:
    known: Known
    open: tuple[int, ...]
    """Numbers of the conditions that are not settled."""
    rests: tuple[int, ...]
    """What remains of each of them."""
    held: _Held
    key: object
    """Equal for people who have the same future."""


class Settled:
    """All conditions of a book: of the rules, then of withholding, asking and single doors.

    `beside` are others by which people are to be told apart.
    """

    def __init__(self, book: Book, beside: tuple[Condition, ...] = ()) -> None:
        self.alphabet = book.alphabet
        self._book = book
        self._rules = len(book.referring)
        self._withholding = self._rules + len(book.withholding)
        asking = tuple(_asking(book))
        self._asking = self._withholding + len(asking)
        self._asked_by = tuple(bits for _, bits in asking)
        self.conditions: tuple[Condition, ...] = (
            *(rule.when for rule, _ in book.referring),
            *(rule.when for rule, _ in book.withholding),
            *(condition for condition, _ in asking),
            *(hotline.when for hotline in book.hotlines.values()),
            *(service.who for service in book.services.values() if service.who is not None),
            *beside,
        )
        self._lines = {
            number: hotline.service_type
            for number, hotline in enumerate(book.hotlines.values(), self._asking)
        }
        self._to_lines = {
            kind: frozenset(
                number
                for number, (_, then) in enumerate(book.referring)
                if then.service_type == kind
            )
            # Online advice is a last resort for everybody.
            for kind in set(self._lines.values()) - {"online_advice"}
        }
        self._residuals = Residuals(self.conditions)
        self._keys: dict[tuple[_Held, frozenset[str], int], object] = {}

        # Before anything is known, everything is open, and will be looked at.
        every = range(len(self.conditions))
        nothing = Known(-1, -1, -1)
        self.begin = Standing(nothing, tuple(every), tuple(0 for _ in every), (), None)

    def after(self, before: Standing, known: Known) -> Standing:
        """What is settled for a case that says more than before."""
        of, mentions = self._residuals.of, self._residuals.mentions
        waiting, rests, held = before.open, before.rests, before.held
        changed = (
            (before.known.open ^ known.open)
            | (before.known.true ^ known.true)
            | (before.known.perhaps ^ known.perhaps)
        )
        still: list[int] = []
        left: list[int] = []
        new: list[tuple[int, int]] = []
        for position, number in enumerate(waiting):
            rest = of(number, known) if mentions[number] & changed else rests[position]
            if rest > 0:
                still.append(number)
                left.append(rest)
            elif rest:
                new.append((number, rest))
        if new:
            held = tuple(sorted((*held, *new)))
        opened, remaining = tuple(still), tuple(left)
        hidden = self._hidden(held, opened)
        matters = tuple(
            (number, rest)
            for number, rest in zip(still, left, strict=True)
            if self._lines.get(number) not in hidden
        )
        key = (matters, self._visible(held, hidden, known.open))
        return Standing(known, opened, remaining, held, key)

    def _hidden(self, held: _Held, waiting: tuple[int, ...]) -> frozenset[str]:
        """Kinds of lines to which nothing refers, or can still refer."""
        return frozenset(
            kind
            for kind, rules in self._to_lines.items()
            if rules.isdisjoint(waiting) and not any(number in rules for number, _ in held)
        )

    def _visible(self, held: _Held, hidden: frozenset[str], unsaid: int) -> object:
        """What of the settled conditions can still be seen."""
        asked = sum(1 << position for position, bits in enumerate(self._asked_by) if bits & unsaid)
        memory = (held, hidden, asked)
        key = self._keys.get(memory)
        if key is None:
            rules = tuple(item for item in held if item[0] < self._rules)
            rest = tuple(
                (number, seen)
                for number, seen in held
                if number >= self._rules and self._counts(number, hidden, asked)
            )
            key = self._keys[memory] = (tuple(self._outstanding(rules)), rest)
        return key

    def _counts(self, number: int, hidden: frozenset[str], asked: int) -> bool:
        """Whether to ask matters until it was asked; a line only where lines are shown."""
        if self._withholding <= number < self._asking:
            return bool(asked >> (number - self._withholding) & 1)
        return self._lines.get(number) not in hidden

    def _outstanding(self, held: _Held) -> Iterator[object]:
        """For each kind of service the rule that comes first, and those that may show.

        Which of two rules shows depends on which rule leads (`findings`): one of those that are
        settled, or another one that still waits.
        """
        by_kind: dict[str, list[tuple[int, int]]] = {}
        for number, seen in held:
            kind = self._book.referring[number][1].service_type
            by_kind.setdefault(kind, []).append((number, seen))
        leads = [(number, seen) for number, seen in held if self._then(number).role is Role.LEAD]
        sure = next((number for number, seen in leads if seen == logic.YES), None)
        unsure = next((number for number, seen in leads if seen != logic.YES), None)
        for items in by_kind.values():
            if len(items) == 1:
                yield items[0][0], items[0]
                continue
            strongest = {
                min((self._weight(number, seen, first), number, seen) for number, seen in items)[1:]
                for first in {None, sure, unsure if sure is None else None}
            }
            # The kind stands where its first rule does, whichever of them shows.
            yield items[0][0], *sorted(strongest)

    def _then(self, number: int) -> Refer:
        return self._book.referring[number][1]

    def _weight(self, number: int, seen: int, first: int | None) -> int:
        """As `findings` weighs them."""
        then = self._then(number)
        leads = number == first
        partner = then.role is Role.PARTNER or (
            then.role is Role.LEAD and not leads and not self._book.types[then.service_type].member
        )
        return 8 * (not leads) + 4 * (not then.before_lead) + 2 * (seen != logic.YES) + partner


def _asking(book: Book) -> Iterator[tuple[Condition, int]]:
    """Conditions of single options, with the bits of their question."""
    for question in book.questions.values():
        bits = sum(book.alphabet.whole[fact] for fact in question.facts)
        for option in question.options:
            for condition in (option.ask, option.alone):
                if condition is not None:
                    yield condition, bits
