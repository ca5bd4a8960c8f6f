"""What happens on each page: the edit, what the machine says to it, and what people see then."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from tools.handbook.workshop import SERVICES, Excerpt, Line, Output, Workshop

WORK: Final = {
    "concern": "work",
    "place": "12063080",
    "age": "27_plus",
    "status": "permit",
}
"""Somebody in Falkensee who looks for work."""
YOUNG: Final = {**WORK, "age": "18_to_26"}
RULES: Final = "rules/partners.yaml"
SCRIPTS: Final = "tests/conversations/rules/partners.yaml"

NEW_SERVICE: Final = """\
- id: jmd_beispiel
  name: Jugendmigrationsdienst Nauen
  provider: Beispielverein e. V.
  carrier: independent
  offers: [jmd]
  serves:
    districts: ['12063']
  languages: [de, en, uk, ar]
  sites:
    - address:
        street: Musterweg 2
        postcode: '14641'
        town: Nauen
      phone: [+49 30 23125 029]
      website: https://www.example.org/jmd
      hours: Tu,Th 10:00-15:00; PH off
      evidence:
        source: https://www.example.org/jmd
        date: '2026-11-24'
        confidence: high
      confirmed: null
"""

NEW_RULE: Final = """\
# Sprachcafés sind kein Kurs. Sie helfen, bis ein Platz frei ist, und danach beim Üben.
- id: meeting_german
  refer_to: meeting_place
  role: partner
  when: {question: concern, is: [german]}
  because: Deutsch sprechen und üben
  source: "Handreichung 2006, 1.3 und 3.5"
  checked: 2026-11-24
"""

GERMAN: Final = {**WORK, "concern": "german"}
DEBTS: Final = {**WORK, "concern": "debts"}


def add_service(shop: Workshop) -> dict[str, Any]:
    before = shop.screen(YOUNG)
    yaml = shop.add(SERVICES, NEW_SERVICE)
    return {
        "yaml": yaml,
        "check": about(shop.run("check"), SERVICES),
        "before": before,
        "after": shop.screen(YOUNG),
        "arabic": shop.screen(YOUNG, "ar"),
    }


def change_hours(shop: Workshop) -> dict[str, Any]:
    before = shop.screen(WORK)
    yaml = shop.edit(
        SERVICES,
        "      hours: Mo-Th 09:00-16:00; PH off\n",
        "      hours: Mo,We 09:00-12:00; Tu,Th 13:00-18:00; PH off\n",
    )
    return {
        "yaml": yaml,
        "hours": _cut(shop.run("check", "--hours"), "violence_line"),
        "before": before,
        "after": shop.screen(WORK),
        "arabic": shop.screen(WORK, "ar"),
    }


def add_rule(shop: Workshop) -> dict[str, Any]:
    yaml = shop.add(RULES, NEW_RULE)
    applies, other = scripts(shop)
    return {
        "yaml": yaml,
        "check": about(shop.run("check"), RULES, "meeting_german"),
        "after": shop.screen(GERMAN),
        "without": shop.screen(DEBTS),
        "arabic": shop.screen(GERMAN, "ar"),
        "button": shop.kit().book.texts["type.meeting_place.name"],
        "applies": applies,
        "applies_not": other,
    }


def scripts(shop: Workshop) -> tuple[Excerpt, Excerpt]:
    """Two talks as `clearing chat --script` writes them, with what somebody adds by hand."""
    return (
        _completed(
            shop.script(_taps(GERMAN)),
            "title: Wer Deutsch lernen will, sieht auch das Sprachcafé",
            ["  - applies: meeting_german", "  - leads: mbe"],
        ),
        _completed(
            shop.script(_taps(DEBTS)),
            "title: Wer Schulden hat, sieht kein Sprachcafé",
            ["  - applies not: meeting_german", "  - leads: regular_counselling"],
        ),
    )


def _taps(answers: Mapping[str, str]) -> list[str]:
    return [f"a:{question}:{option}" for question, option in answers.items()]


def _completed(script: str, title: str, more: list[str]) -> Excerpt:
    _, *lines = script.rstrip("\n").split("\n")
    every = [(title, True), *((line, False) for line in lines), *((line, True) for line in more)]
    numbered = (Line(number, text, is_new) for number, (text, is_new) in enumerate(every, 1))
    return Excerpt(SCRIPTS, tuple(numbered))


def closure(shop: Workshop) -> dict[str, Any]:
    yaml = shop.edit(
        SERVICES,
        "      confirmed: {date: 2026-11-20, by: Leitung MBE}\n",
        "      confirmed: {date: 2026-11-20, by: Leitung MBE}\n"
        "  absences:\n"
        "    - {from: 2026-12-21, to: 2027-01-02}\n",
    )
    before = shop.screen(WORK)
    shop.now = datetime.fromisoformat("2026-12-22T10:00:00+01:00")
    return {
        "yaml": yaml,
        "before": before,
        "after": shop.screen(WORK),
        "arabic": shop.screen(WORK, "ar"),
        "over": _over(shop),
    }


def _over(shop: Workshop) -> Output:
    shop.now = datetime.fromisoformat("2027-01-04T09:00:00+01:00")
    return about(shop.run("check"), SERVICES, "2026-12-21")


def confirm(shop: Workshop) -> dict[str, Any]:
    shop.add(SERVICES, NEW_SERVICE)
    earlier = shop.text(SERVICES)
    before = shop.screen(YOUNG)
    refused = shop.run("confirm", "jmd_beispiel", "--by", "Anna Muster")
    told = shop.run("confirm", "jmd_beispiel", "--by", "Leitung JMD")
    return {
        "told": told,
        "refused": refused,
        "yaml": shop.changed(SERVICES, earlier),
        "before": before,
        "after": shop.screen(YOUNG),
        "arabic": shop.screen(YOUNG, "ar"),
    }


SLIPS: Final = {
    "kind": (SERVICES, "offers: [mbe]", "offers: [mbee]"),
    "day": (SERVICES, "hours: Mo-Th 09:00-16:00; PH off", "hours: Mo-Do 9-16 Uhr"),
    "colon": (SERVICES, "street: Musterstraße 1", "street Musterstraße 1"),
}
"""What happens to everybody once."""


def messages(shop: Workshop) -> dict[str, Any]:
    told = {}
    for name, (file, old, new) in SLIPS.items():
        excerpt = shop.edit(file, old, new)
        output = shop.run("check")
        shop.edit(file, new, old)
        told[name] = {"yaml": excerpt, "told": output}
    return {"slips": told}


def back(shop: Workshop) -> dict[str, Any]:
    shop.keep_edition(days_ago=4)
    old, new = "hours: Mo-Th 09:00-16:00; PH off", "hours: Mo-Th 19:00-20:00; PH off"
    yaml = shop.edit(SERVICES, old, new)
    shop.keep_edition(days_ago=1)
    wrong = shop.screen(WORK)
    listed = shop.run("back")
    return {
        "yaml": yaml,
        "wrong": wrong,
        "listed": listed,
        "went": shop.run("back", "1"),
        "right": shop.screen(WORK),
    }


def prove(shop: Workshop) -> dict[str, Any]:
    _practice(shop)
    good = _untimed(_proved(shop))
    yaml = shop.edit("rules/base.yaml", *EU)
    return {"good": good, "yaml": yaml, "bad": _cut(_proved(shop), "✗ Genau")}


EU: Final = (
    "recognised, permit, eu, german]}\n  because: Aufenthalt auf Dauer",
    "recognised, permit, german]}\n  because: Aufenthalt auf Dauer",
)
"""Somebody tidies up a list and takes out one answer too many."""


def diff(shop: Workshop) -> dict[str, Any]:
    _practice(shop)
    old = shop.copy("before")
    yaml = shop.edit(SERVICES, "districts: ['12063']", "municipalities: ['12063080']")
    told = shop.run("diff", str(old), *ALONE, shown="clearing diff")
    return {"yaml": yaml, "told": _cut(told, "· Die erste Tür")}


ALONE: Final = ("--processes", "1")
"""So few rules are walked sooner than other processes have started."""


def _proved(shop: Workshop) -> Output:
    return shop.run("prove", *ALONE, shown="clearing prove")


def _practice(shop: Workshop) -> None:
    """So few rules that walking every conversation takes a moment."""
    names = ("no_papers", "danger", "base", "refugees", "partners")
    shop.keep_rules([f"{name}.yaml" for name in names])
    shop.keep_entries(RULES, lambda name: name == "foreigners_papers")
    shop.keep_entries("questions.yaml", lambda name: name not in ("home", "crisis", "stay"))


def _cut(output: Output, behind: str) -> Output:
    """Up to the line that begins so."""
    text, _, _ = output.text.partition(f"\n{behind}")
    return Output(output.command, f"{text.rstrip()}\n…", output.code)


def _untimed(output: Output) -> Output:
    """The last line says how long it took: another time on another machine."""
    return Output(output.command, output.text.rpartition("\n")[0], output.code)


def about(output: Output, file: str, word: str = "") -> Output:
    """Without the lines about other files; the last line stays."""
    lines = output.text.split("\n")
    kept = [line for line in lines[:-1] if line.startswith(file) and word in line]
    left = [] if len(kept) == len(lines) - 1 else ["…"]
    return Output(output.command, "\n".join([*kept, *left, lines[-1]]), output.code)


TASKS: Final[Mapping[str, Callable[[Workshop], dict[str, Any]]]] = {
    "add_service": add_service,
    "change_hours": change_hours,
    "add_rule": add_rule,
    "closure": closure,
    "confirm": confirm,
    "messages": messages,
    "back": back,
    "prove": prove,
    "diff": diff,
}
"""In the order of the handbook; each has a template of this name."""
