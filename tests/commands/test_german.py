"""Whoever asks for German is answered in German, also where something is wrong."""

import pytest

CASES = {
    "no edition": (("back", "--language", "de"), "Es ist noch keine Ausgabe aufgehoben."),
    "no such entry": (
        ("preview", "nix", "--language", "de"),
        "Es gibt keinen Eintrag `nix`.",
    ),
    "entries and a revision": (
        ("preview", "age", "--rev", "HEAD", "--language", "de"),
        "nicht beides",
    ),
    "no folder to preview against": (
        ("preview", "--against", "nirgends", "--language", "de"),
        "--against: Es gibt keinen Ordner nirgends.",
    ),
    "a page that cannot be written": (
        ("preview", "age", "--html", "no/where.html", "--language", "de"),
        "--html: no/where.html lässt sich nicht schreiben",
    ),
    "no revision": (("diff", "--language", "de", "--", "-x"), "`-x` ist kein Stand in git."),
    "an unknown revision": (
        ("diff", "nix", "--language", "de"),
        "`nix`: Es gibt keinen solchen Ordner, und git kennt keinen solchen Stand.",
    ),
    "no folder": (("diff", "./nix", "--language", "de"), "Es gibt keinen Ordner nix."),
    "a language that nobody speaks": (
        ("coverage", "--speaks", "xx", "--language", "de"),
        "--speaks: Weder der Bot noch eine Stelle spricht `xx`.",
    ),
    "a page in a folder that is missing": (
        ("coverage", "--html", "no/where.html", "--language", "de"),
        "--html: no/where.html lässt sich nicht schreiben",
    ),
    "a door that does not exist": (
        ("confirm", "nix", "--by", "Leitung", "--language", "de"),
        "nix: Es gibt keinen Dienst und kein Hilfetelefon `nix`.",
    ),
    "a day that does not exist": (
        ("confirm", "police", "--by", "Leitung", "--on", "31.11.2026", "--language", "de"),
        "--on: `31.11.2026` ist kein Datum.",
    ),
    "a wrong fact": (
        ("why", "age=99", "--language", "de"),
        "`age` hat keine Antwort `99`. Es gibt: ",
    ),
    "no fact": (("route", "age", "--language", "de"), "`age` ist keine Angabe."),
    "a link that says nothing": (
        ("chat", "--link", "blah", "--language", "de"),
        "--link: `blah` sagt nichts, was diese Wissensbasis kennt.",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_wrong_is_said_in_german(clearing, case, tmp_path):
    arguments, expected = CASES[case]
    line = clearing(*arguments, settings={"DATA": str(tmp_path / "data")}).line
    assert expected in line


def test_the_machine_may_speak_german_too(clearing, monkeypatch):
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    assert "Es gibt keine Sprache `xx`." in clearing("route", "--language", "xx").line
    assert "Es gibt keinen Eintrag `nix`." in clearing("preview", "nix").line
    assert clearing("preview", "nix", "--language", "en").line.startswith("There is no entry")


def test_broken_outlines_are_told_in_german(clearing, knowledge, tmp_path):
    (knowledge / "places" / "outlines.json").write_text("{")
    page = ("coverage", "--language", "de", "--html", str(tmp_path / "page.html"))
    line = clearing(*page, settings={"KNOWLEDGE": str(knowledge)}).line
    assert line.startswith("places/outlines.json: Die Umrisse der Landkreise")


def test_why_has_german_labels(clearing):
    case = ("place=12061316", "concern=work", "age=18_to_26", "status=permit", "needs=")
    text = clearing("why", "--language", "de", *case).out
    assert text.startswith("führt   jmd: ")
    assert "Regel jmd_lasting: " in text
    assert "mit     concern=work age=18_to_26 status=permit\n" in text
    assert "übrig   ändert nichts: needs\n" in text
    assert "später  age=27_plus: Ab dem 27. Geburtstag\n" in text
    perhaps = clearing("why", "--language", "de", *case[:3], "status=?").out
    assert "(vielleicht)" in perhaps
    assert clearing("why", "--language", "de").out == "noch niemand\nfrage   concern\n"


def test_route_has_german_labels(clearing):
    case = ("place=12061316", "concern=work", "age=27_plus", "status=asylum")
    text = clearing("route", "--language", "de", *case).out
    assert text.startswith("führt   refugee_advice: ")
    assert "        Regel " in text
    assert "\nTür     " in text
    nothing = clearing("route", "--language", "de").out
    assert nothing.startswith("noch niemand\nfrage   concern\noffen   concern, ")


def test_a_wrong_line_is_named_in_german(clearing):
    outcome = clearing("route", "--stdin", "--language", "de", stdin="age=99\n")
    assert outcome.err.startswith("Zeile 1: `age` hat keine Antwort `99`.")


def test_a_text_that_means_nothing_is_said_in_german(clearing):
    assert clearing("understand", "--language", "de", "xyzzy").out == "nichts verstanden\n"
