"""From types.yaml and rules/*.yaml to kinds of services, and to who is responsible for whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.content.problems import suggestion
from bot.content.schema import RuleText, ServiceTypeText
from bot.content.tree import Cursor
from bot.content.validation import entries
from bot.content.vocabulary import Vocabulary
from bot.core.knowledge import Finder, Reach, Referral, Role, Rule, ServiceType, Withhold


@dataclass(slots=True)
class Ids:
    """Kinds, services and hotlines share buttons, so no two of them share an id."""

    taken: dict[str, str] = field(default_factory=dict)

    def take(self, name: str, at: Cursor) -> None:
        place = f"{at.document.file}:{at.document.line(at.path)}"
        first = self.taken.setdefault(name, place)
        if first != place:
            (at / "id").report(f"The id `{name}` is taken by {first}.", "Choose another one.")


def types(cursor: Cursor, ids: Ids) -> dict[str, ServiceType]:
    built: dict[str, ServiceType] = {}
    for text, at in entries(cursor, ServiceTypeText):
        ids.take(text.id, at)
        built[text.id] = ServiceType(
            text.id,
            text.member,
            text.authority,
            text.public,
            Reach(text.reach),
            Finder(text.finder.url),
            len(built),
        )
    return built


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of services: those that are sound, and the ids of all."""

    sound: Mapping[str, ServiceType]
    named: frozenset[str]

    def check(self, name: str, at: Cursor) -> bool:
        if name in self.named:
            return True
        at.report(f"There is no kind of service `{name}`.", suggestion(name, sorted(self.named)))
        return False


def rules(cursors: Iterable[Cursor], vocabulary: Vocabulary, kinds: Kinds) -> tuple[Rule, ...]:
    """All rules, in the order of precedence."""
    built: list[Rule] = []
    seen: dict[str, str] = {}
    for cursor in cursors:
        for text, at in entries(cursor, RuleText):
            place = f"{at.document.file}:{at.document.line(at.path)}"
            first = seen.setdefault(text.id, place)
            if first != place:
                cure = f"The first is in {first}; give this one another id."
                (at / "id").report(f"There are two rules `{text.id}`.", cure)
            then = _referral(text, at, kinds) if text.refer_to else _withhold(text, at, kinds)
            when = vocabulary.condition(text.when, at / "when")
            if then is not None:
                built.append(Rule(text.id, then, when, text.because, text.source, text.checked))
    return tuple(built)


def _referral(text: RuleText, at: Cursor, kinds: Kinds) -> Referral | None:
    if text.withhold is not None:
        cure = "Take one of them out."
        (at / "withhold").report_key("A rule has `refer_to` or `withhold`, not both.", cure)
        return None
    if text.except_:
        (at / "except").report_key("`except` belongs to `withhold: public`.", "Take it out.")
    if text.role is None:
        at.report(f"The rule `{text.id}` has no `role`.", "Add `role: lead`, `also` or `partner`.")
        return None
    if text.refer_to is None or not kinds.check(text.refer_to, at / "refer_to"):
        return None
    role = Role(text.role)
    kind = kinds.sound.get(text.refer_to)
    if kind is not None and kind.authority and role is Role.LEAD:
        problem = f"`{kind.id}` is an authority and never leads."
        (at / "role").report(problem, "Write `role: partner`.")
    if text.before_lead and role is Role.LEAD:
        problem = "What stands before the lead cannot lead."
        (at / "before_lead").report(problem, "Write `role: partner`, or take `before_lead` out.")
    return Referral(text.refer_to, role, text.before_lead)


def _withhold(text: RuleText, at: Cursor, kinds: Kinds) -> Withhold | None:
    if text.withhold is None:
        cure = "Add `refer_to:` with `role:`, or `withhold:`."
        at.report(f"The rule `{text.id}` does nothing.", cure)
        return None
    for field_name in ("role", "before_lead"):
        if (*at.path, field_name) in at.document.values:
            (at / field_name).report_key(f"`{field_name}` belongs to `refer_to`.", "Take it out.")
    for number, name in enumerate(text.except_):
        kinds.check(name, at / "except" / number)
    if text.withhold == "public":
        public = {kind.id for kind in kinds.sound.values() if kind.public}
        return Withhold(frozenset(public - set(text.except_)), public_carriers=True)
    if text.except_:
        (at / "except").report_key("`except` belongs to `withhold: public`.", "Take it out.")
    for number, name in enumerate(text.withhold):
        kinds.check(name, at / "withhold" / number)
    return Withhold(frozenset(text.withhold), public_carriers=False)
