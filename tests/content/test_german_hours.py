"""Opening hours as people write them at a door: one problem, and the same in the right notation."""

import pytest

from bot.content.notation import lint

MEANT = {
    "Mo-Do 09:00-15:00": "Mo-Th 09:00-15:00",
    "Mo - Do 09:00 - 15:00": "Mo-Th 09:00-15:00",
    "Di 09:00-15:00": "Tu 09:00-15:00",
    "Mo und Mi 09:00-12:00": "Mo,We 09:00-12:00",
    "Mo/Mi 09:00-12:00": "Mo,We 09:00-12:00",
    "Mo. und Mi. 09:00-12:00": "Mo,We 09:00-12:00",
    "Montag 09:00-15:00": "Mo 09:00-15:00",
    "Montag bis Donnerstag 9 bis 15 Uhr": "Mo-Th 09:00-15:00",
    "montags 09:00-15:00": "Mo 09:00-15:00",
    "Di: 09:00-15:00": "Tu 09:00-15:00",
    "Mo-Th 9-15": "Mo-Th 09:00-15:00",
    "Mo-Th 9.00-15.30 Uhr": "Mo-Th 09:00-15:30",
    "Mo-Th 09:00-15:00 Uhr": "Mo-Th 09:00-15:00",
    "Mo-Th 09:00–15:00": "Mo-Th 09:00-15:00",
    "Mo-Th 09:00-12:00 und 13:00-15:00": "Mo-Th 09:00-12:00,13:00-15:00",
    "Mo-Th 09:00-15:00; Feiertag geschlossen": "Mo-Th 09:00-15:00; PH off",
    "Mo-Th 09:00-15:00; Feiertags off": "Mo-Th 09:00-15:00; PH off",
    "Mo-Th 09:00-15:00; an Feiertagen geschlossen": "Mo-Th 09:00-15:00; PH off",
    "Mo-Th 09:00-15:00; Feiertag": "Mo-Th 09:00-15:00; PH off",
    "Mo-Fr 09:00-15:00, Mi geschlossen": "Mo-Fr 09:00-15:00; We off",
    "Mo 9-12, Di 13-18": "Mo 09:00-12:00, Tu 13:00-18:00",
    "Mo-Fr 09:00-15:00, PH off": "Mo-Fr 09:00-15:00; PH off",
    "Mo, Di, Do 9-12": "Mo,Tu,Th 09:00-12:00",
    "Mo, Tu 09:00-12:00": "Mo,Tu 09:00-12:00",
    "Mo-Fr von 9 bis 12": "Mo-Fr 09:00-12:00",
    "Di 9-12h": "Tu 09:00-12:00",
    "Mo-Do 8.30-12.00 Uhr u. 13.00-16.00 Uhr": "Mo-Th 08:30-12:00,13:00-16:00",
    "Di 9-12 Uhr und nach telefonischer Vereinbarung": 'Tu 09:00-12:00 "nach Vereinbarung"',
    "Dec 24-31 geschlossen; Mo-Fr 9-12": "Dec 24-31 off; Mo-Fr 09:00-12:00",
    "Di 10 bis 15 Uhr und Do 10 bis 16 Uhr": "Tu 10:00-15:00, Th 10:00-16:00",
    "rund um die Uhr": "24/7",
}


@pytest.mark.parametrize("written", MEANT)
def test_hours_in_german_are_answered_in_the_right_notation(written: str):
    ((_, cure),) = lint(written)
    assert str(cure) == f"Did you mean `{MEANT[written]}`?"
    assert not list(lint(MEANT[written]))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Mo-Do 09:00-15:00", "`Mo-Do 09:00-15:00` has German days."),
        ("Montag 09:00-15:00", "`Montag 09:00-15:00` has German days."),
        ("Mo-Th 09:00-15:00; Feiertags off", "`Feiertags` is not known: it is called `PH` here."),
        (
            "Mo-Th 9-15",
            "The opening hours `Mo-Th 9-15` cannot be read from `9-15` on.",
        ),
        (
            "PH off; Mo-Th 9-15",
            "The opening hours `PH off; Mo-Th 9-15` cannot be read from `9-15` on.",
        ),
    ],
)
def test_what_is_wrong_is_said_once(written: str, expected: str):
    ((problem, _),) = lint(written)
    assert str(problem) == expected


@pytest.mark.parametrize(
    ("written", "cure"),
    [
        ("nach Vereinbarung", "Leave `hours` out and write `by_appointment: true`."),
        ("nur mit Termin", "Leave `hours` out and write `by_appointment: true`."),
        ("Di morgens", "The days are Mo, Tu, We, Th, Fr, Sa, Su."),
        ("Feiertags anders", "Write `PH off` as a rule of its own."),
        ("Mo-Th 09:00", "Write them as in `Mo-Th 09:00-16:00; PH off`."),
        ("Mo-Th 09:00-25:00", "After midnight write it as in `Fr 22:00-02:00`."),
    ],
)
def test_hours_that_nobody_can_guess_have_a_cure_of_their_own(written: str, cure: str):
    ((_, told),) = lint(written)
    assert str(told) == cure


def test_what_stands_in_quotes_may_be_german():
    assert not list(lint('Mo 10:00-12:00 "Di und Feiertag nur mit Termin"'))
