"""What somebody sees who does not know the command yet."""

import re

import pytest

COMMANDS = (
    "demo",
    "run",
    "invite",
    "chat",
    "route",
    "why",
    "place",
    "understand",
    "schema",
    "check",
    "prove",
    "diff",
    "coverage",
    "preview",
    "confirm",
    "back",
)


def test_help_names_every_command_and_what_it_is_for(clearing):
    outcome = clearing("--help")
    assert outcome.code == 0
    named = re.findall(r"^ {4}([a-z]+)\b", outcome.out, re.MULTILINE)
    assert tuple(named) == COMMANDS
    assert "CLEARING_TOKEN" in outcome.out


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_says_what_it_does(clearing, command):
    outcome = clearing(command, "--help")
    assert outcome.code == 0
    _, _, rest = outcome.out.partition("\n\n")
    assert re.match(r"[A-Z].{30,}", rest)
    for line in outcome.out.splitlines():
        assert len(line) <= 100
        if line.startswith("  --"):
            # An option without a word about it is no help.
            assert re.match(r"  --\S+(?: [A-Z]+)?(?:  +\S|$)", line)


@pytest.mark.parametrize("arguments", [[], ["runn"], ["run", "--x"], ["run", "x"], ["check", "x"]])
def test_what_makes_no_sense_ends_with_2(clearing, arguments):
    outcome = clearing(*arguments)
    assert outcome.code == 2
    assert outcome.err.startswith("usage: clearing")
    assert outcome.out == ""
