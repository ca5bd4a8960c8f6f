"""Every mutation of a knowledge base, generated: each kind of slip at every place that it fits."""

from collections.abc import Iterator
from itertools import cycle, islice
from random import Random
from typing import Final

from tools.mutants.edits import Edit, Path, add, both, drop, insert, put, swap
from tools.mutants.text import Base, Mutant, Values

YESTERDAY: Final = "2026-11-23"
"""The day before the one for which the campaign asks."""


def sample(every: tuple[Mutant, ...], size: int, seed: int) -> tuple[Mutant, ...]:
    """One of each kind, as far as they fit; the rest from all, each equally likely."""
    chance = Random(seed)
    shuffled = chance.sample(every, len(every))
    one_each = list({mutant.kind: mutant for mutant in reversed(shuffled)}.values())
    rest = [mutant for mutant in shuffled if mutant not in one_each]
    return tuple(islice((*chance.sample(one_each, len(one_each)), *rest), size))


def mutants(base: Base) -> tuple[Mutant, ...]:
    """All of them, in the order of the files."""
    every = (_of_region, _of_rules, _of_types, _of_services, _of_hotlines, _of_questions)
    return tuple(mutant for some in every for mutant in some(base))


def _of_region(base: Base) -> Iterator[Mutant]:
    names = base.values("region.yaml")["rules"]
    for number in range(len(names) - 1):
        near = (*base.values(f"rules/{names[number]}"), *base.values(f"rules/{names[number + 1]}"))
        where = f"{names[number]} and {names[number + 1]}"
        yield Mutant(
            "rules: two files swapped",
            "region.yaml",
            where,
            swap(("rules", number), number + 1),
            near,
        )
    for district in base.gazetteer.districts:
        said = add(("complete",), district)
        near = ({"serves": {"districts": [district]}},)
        yield Mutant("region: a district complete", "region.yaml", district, said, near)


def _of_rules(base: Base) -> Iterator[Mutant]:
    kinds = [kind["id"] for kind in base.values("types.yaml")]
    for file, number, rule in _entries(base, "rules/"):
        rules, here = base.values(file), (number,)

        def mutant(what: str, field: str, edit: Edit, *near: Values) -> Mutant:
            return Mutant(f"rule: {what}", file, f"{rule['id']} {field}", edit, (rule, *near))  # noqa: B023 - used before the next turn

        yield mutant("deleted", "", drop(here))
        for other in {number - 1, number + 1} & set(range(len(rules))):
            after = f"past {rules[other]['id']}"
            yield mutant("moved", after, swap(here, other), rules[other])
        for path, condition in _conditions(rule["when"], ("when",)):
            field = ".".join(map(str, path))
            for what, edit in _slips(condition, (number, *path), base):
                yield mutant(what, field, edit)
        if "refer_to" in rule:
            other = _next(kinds, rule["refer_to"])
            yield mutant("another kind", other, put((number, "refer_to"), other))
            for role in {"lead", "also", "partner"} - {rule["role"]}:
                yield mutant("another role", role, put((number, "role"), role))
            before = "false" if rule.get("before_lead") == "true" else "true"
            yield mutant("before the lead or not", before, put((number, "before_lead"), before))
            first = {**rule, "id": "shadow", "refer_to": other}
            yield mutant("shadowed by another", other, insert(here, first))
            wide = {**first, "when": {"question": "age", "is": _options(base)["age"]}}
            yield mutant("shadowed by a catch-all", other, insert(here, wide))
        for field in ("withhold", "except"):
            listed = rule.get(field)
            for entry in range(len(listed)) if isinstance(listed, list) else ():
                edit = drop((number, field, entry))
                yield mutant(f"entry of {field} dropped", listed[entry], edit)


def _of_types(base: Base) -> Iterator[Mutant]:
    every = base.values("types.yaml")
    for number, kind in enumerate(every):
        near = tuple(
            rule for _, _, rule in _entries(base, "rules/") if rule.get("refer_to") == kind["id"]
        )
        for field in ("member", "authority", "public"):
            now = "false" if kind.get(field) == "true" else "true"
            edit = put((number, field), now)
            yield Mutant(f"kind: {field} or not", "types.yaml", kind["id"], edit, near)
        for reach in sorted({"regional", "statewide", "national"} - {kind["reach"]}):
            edit = put((number, "reach"), reach)
            yield Mutant("kind: another reach", "types.yaml", f"{kind['id']} {reach}", edit, near)
        if number:
            edit = swap((number,), number - 1)
            yield Mutant("kind: moved", "types.yaml", kind["id"], edit, near)


def _of_services(base: Base) -> Iterator[Mutant]:  # noqa: C901 - a line for each kind of slip
    kinds = [kind["id"] for kind in base.values("types.yaml")]
    districts = sorted(base.gazetteer.districts)
    for file, number, service in _entries(base, "services/"):
        serves = service["serves"]

        def mutant(what: str, field: str, edit: Edit, *near: Values) -> Mutant:
            return Mutant(
                f"service: {what}",
                file,  # noqa: B023 - called before the next turn
                f"{service['id']} {field}",  # noqa: B023 - likewise
                edit,
                (service, *near),  # noqa: B023 - called before the next turn
            )

        yield mutant("deleted", "", drop((number,)))
        if number:
            yield mutant("moved", "up", swap((number,), number - 1))
        yield mutant("expired", "", put((number, "valid"), {"to": YESTERDAY}))
        other = "independent" if service["carrier"] == "public" else "public"
        yield mutant("another carrier", other, put((number, "carrier"), other))
        doubted = (
            both(
                put((number, "sites", site, "evidence", "confidence"), "low"),
                put((number, "sites", site, "confirmed"), None),
            )
            for site in range(len(service["sites"]))
        )
        yield mutant("evidence doubted", "", both(*doubted))
        for entry, kind in enumerate(service["offers"]):
            yield mutant("offer dropped", kind, drop((number, "offers", entry)))
            swapped = _next(kinds, kind)
            edit = put((number, "offers", entry), swapped)
            yield mutant("offer swapped", f"{kind} → {swapped}", edit, {"refer_to": swapped})
        for field in ("districts", "municipalities"):
            for entry, key in enumerate(serves.get(field, ())):
                yield mutant("place dropped", key, drop((number, "serves", field, entry)))
        for entry, key in enumerate(serves.get("districts", ())):
            swapped = _next(districts, key)
            near = {"serves": {"districts": [swapped]}}
            edit = put((number, "serves", "districts", entry), swapped)
            yield mutant("district swapped", f"{key} → {swapped}", edit, near)
            edit = add((number, "serves", "districts"), swapped)
            yield mutant("district added", swapped, edit, near)
        statewide = "false" if serves.get("statewide") == "true" else "true"
        everywhere = {"serves": {"districts": districts}}
        edit = put((number, "serves", "statewide"), statewide)
        yield mutant("statewide or not", statewide, edit, everywhere)
        if "who" in serves:
            yield mutant("for everybody", "", drop((number, "serves", "who")))
            for path, condition in _conditions(serves["who"], ("serves", "who")):
                field = ".".join(map(str, path))
                for what, edit in _slips(condition, (number, *path), base):
                    yield mutant(f"for others, {what}", field, edit)


def _of_hotlines(base: Base) -> Iterator[Mutant]:
    file = "hotlines.yaml"
    every = base.values(file)
    for number, line in enumerate(every):
        yield Mutant("hotline: deleted", file, line["id"], drop((number,)), (line,))
        if number:
            edit = swap((number,), number - 1)
            yield Mutant("hotline: moved", file, line["id"], edit, (line,))
        for path, condition in _conditions(line["when"], ("when",)):
            field = ".".join(map(str, path))
            for what, edit in _slips(condition, (number, *path), base):
                where = f"{line['id']} {field}"
                yield Mutant(f"hotline: for others, {what}", file, where, edit, (line,))


def _of_questions(base: Base) -> Iterator[Mutant]:
    file = "questions.yaml"
    for number, question in enumerate(base.values(file)):
        asking: list[tuple[str, Path, Values]] = [(question["id"], (number,), question)]
        asking += [
            (f"{question['id']}.{option['id']}", (number, "options", entry), option)
            for entry, option in enumerate(question.get("options", ()))
        ]
        for name, here, one in asking:
            mention = {"question": question["id"], "is": [one["id"]]} if len(here) > 1 else {}
            near = ({"when": {"all": [mention, one.get("ask", {})]}},)
            if len(here) > 1:
                yield Mutant("question: option dropped", file, name, drop(here), near)
            for field in {"ask", "alone"} & set(one):
                what = f"question: {field} dropped"
                fields = (
                    {"alone", "text_alone", "yes_alone", "no_alone"}
                    if field == "alone"
                    else {field}
                )
                edit = both(*(drop((*here, one_of)) for one_of in sorted(fields & set(one))))
                yield Mutant(what, file, name, edit, near)
                for path, condition in _conditions(one[field], (field,)):
                    for slip, edit in _slips(condition, (*here, *path), base):
                        where = f"{name} {'.'.join(map(str, path))}"
                        yield Mutant(f"question: {field}, {slip}", file, where, edit, near)


_ALONE: Final = frozenset({"alone", "text_alone", "yes_alone", "no_alone"})
"""Fields that stand together."""


def _slips(condition: Values, path: Path, base: Base) -> Iterator[tuple[str, Edit]]:
    """What may go wrong with one condition, without those in it."""
    yield "negated", put(path, {"not": condition})
    if "is" in condition:
        options = condition["is"]
        for entry in range(len(options)) if len(options) > 1 else ():
            yield "option dropped", drop((*path, "is", entry))
        for option in _options(base)[condition["question"]]:
            if option not in options:
                yield "option added", add((*path, "is"), option)
    for form, other in (("all", "any"), ("any", "all")):
        parts = condition.get(form, ())
        for entry in range(len(parts)) if len(parts) > 1 else ():
            yield "part dropped", drop((*path, form, entry))
        if len(parts) > 1:
            yield "all and any confused", put(path, {other: parts})


def _options(base: Base) -> dict[str, list[str]]:
    return {
        question["id"]: [option["id"] for option in question.get("options", ())]
        for question in base.values("questions.yaml")
    }


def _conditions(condition: Values, path: Path) -> Iterator[tuple[Path, Values]]:
    """A condition and all in it."""
    yield path, condition
    for form in ("all", "any"):
        for number, part in enumerate(condition.get(form, ())):
            yield from _conditions(part, (*path, form, number))
    if "not" in condition:
        yield from _conditions(condition["not"], (*path, "not"))


def _entries(base: Base, folder: str) -> Iterator[tuple[str, int, Values]]:
    for file in sorted(base.sources.documents):
        if file.startswith(folder):
            for number, entry in enumerate(base.values(file)):
                yield file, number, entry


def _next(items: list[str], item: str) -> str:
    """The one after it, the first after the last."""
    turning = cycle(items)
    while next(turning) != item:
        pass
    return next(turning)
