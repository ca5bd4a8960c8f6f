"""From types.yaml and rules/*.yaml to kinds of services, and to who is responsible for whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.content.problems import suggestion
from bot.content.schema_rules import RuleText, ServiceTypeText
from bot.content.tree import Cursor
from bot.content.validation import entries
from bot.content.vocabulary import Vocabulary
from bot.core.knowledge import Finder, Reach, Refer, Role, Rule, ServiceType, Withhold
from bot.sentence import Sentence


@dataclass(slots=True)
class Ids:
    """Kinds, services and hotlines share buttons, so no two of them share an id."""

    taken: dict[str, str] = field(default_factory=dict)

    def take(self, name: str, at: Cursor) -> None:
        place = f"{at.document.file}:{at.document.line(at.path)}"
        first = self.taken.setdefault(name, place)
        if first != place:
            said = Sentence("The id `{name}` is taken by {place}.", name=name, place=first)
            (at / "id").report(said, Sentence("Choose another one."))


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
        said = Sentence("There is no kind of service `{name}`.", name=name)
        at.report(said, suggestion(name, sorted(self.named)))
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
                said = Sentence("There are two rules `{name}`.", name=text.id)
                cure = Sentence("The first is in {place}; give this one another id.", place=first)
                (at / "id").report(said, cure)
            then = _referral(text, at, kinds) if text.refer_to else _withhold(text, at, kinds)
            when = vocabulary.condition(text.when, at / "when")
            if then is not None:
                built.append(Rule(text.id, then, when, text.because, text.source, text.checked))
    return tuple(built)


def _referral(text: RuleText, at: Cursor, kinds: Kinds) -> Refer | None:
    if text.withhold is not None:
        said = Sentence("A rule has `refer_to` or `withhold`, not both.")
        (at / "withhold").report_key(said, Sentence("Take one of them out."))
        return None
    if text.except_:
        _misplaced_except(at)
    if text.role is None:
        said = Sentence("The rule `{name}` has no `role`.", name=text.id)
        at.report(said, Sentence("Add `role: lead`, `also` or `partner`."))
        return None
    if text.refer_to is None or not kinds.check(text.refer_to, at / "refer_to"):
        return None
    role = Role(text.role)
    kind = kinds.sound.get(text.refer_to)
    if kind is not None and kind.authority and role is Role.LEAD:
        said = Sentence("`{name}` is an authority and never leads.", name=kind.id)
        (at / "role").report(said, Sentence("Write `role: partner`."))
    if text.before_lead and role is Role.LEAD:
        said = Sentence("What stands before the lead cannot lead.")
        cure = Sentence("Write `role: partner`, or take `before_lead` out.")
        (at / "before_lead").report(said, cure)
    return Refer(text.refer_to, role, text.before_lead)


def _withhold(text: RuleText, at: Cursor, kinds: Kinds) -> Withhold | None:
    if text.withhold is None:
        said = Sentence("The rule `{name}` does nothing.", name=text.id)
        at.report(said, Sentence("Add `refer_to:` with `role:`, or `withhold:`."))
        return None
    for field_name in ("role", "before_lead"):
        if (*at.path, field_name) in at.document.values:
            said = Sentence("`{name}` belongs to `refer_to`.", name=field_name)
            (at / field_name).report_key(said, Sentence("Take it out."))
    for number, name in enumerate(text.except_):
        kinds.check(name, at / "except" / number)
    if text.withhold == "public":
        public = {kind.id for kind in kinds.sound.values() if kind.public}
        return Withhold(frozenset(public - set(text.except_)), public_carriers=True)
    if text.except_:
        _misplaced_except(at)
    for number, name in enumerate(text.withhold):
        kinds.check(name, at / "withhold" / number)
    return Withhold(frozenset(text.withhold), public_carriers=False)


def _misplaced_except(at: Cursor) -> None:
    said = Sentence("`except` belongs to `withhold: public`.")
    (at / "except").report_key(said, Sentence("Take it out."))
