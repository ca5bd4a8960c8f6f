"""`clearing diff` with folders and with git, on a small knowledge base."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SMALL = ROOT / "tests" / "content" / "knowledge"
LAKE = "services/lake.yaml"


@pytest.fixture
def small(tmp_path):
    """The small base of the loader's tests, with the places of the region."""
    folder = shutil.copytree(SMALL, tmp_path / "small")
    shutil.copytree(ROOT / "knowledge" / "places", folder / "places")
    return folder


def edit(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def git(folder, *arguments):
    who = ("-c", "user.name=Kim", "-c", "user.email=kim@example.org")
    subprocess.run(["git", *who, "-C", str(folder), *arguments], check=True, capture_output=True)  # noqa: S607 - whichever git is installed


@pytest.fixture
def edited(small, tmp_path):
    return shutil.copytree(small, tmp_path / "edited")


def test_who_loses_a_service_is_told_and_it_ends_with_1(clearing, small, edited):
    edit(edited, LAKE, "districts: ['12061']", "districts: ['12062']")
    edit(edited, LAKE, "    municipalities: ['12061316']\n", "")
    outcome = clearing("diff", "--json", "--processes", "1", str(small), str(edited))
    assert outcome.code == 1
    told = json.loads(outcome.out)
    assert told["loses"] is True
    assert told["entries"] == ["mbe_lake"]
    lost = [one for one in told["touched"] if one["change"] == "lost"]
    gained = [one for one in told["touched"] if one["change"] == "gained"]
    assert {key[:5] for one in lost for key in one["places"]} == {"12061"}
    assert {key[:5] for one in gained for key in one["places"]} == {"12062"}
    for one in (*lost, *gained):
        assert one["answers"]["place"] in one["places"]
        assert one["answers"]["place"] in one["link"]


def test_a_new_phone_sends_nobody_elsewhere(clearing, small, edited):
    edit(edited, LAKE, "phone: [03546 1234]", "phone: [03546 9876]")
    outcome = clearing("diff", "--json", "--processes", "1", str(small), str(edited))
    assert outcome.code == 0
    assert json.loads(outcome.out) == {"loses": False, "entries": ["mbe_lake"], "touched": []}


def test_people_are_told_in_german(clearing, small, edited):
    edit(edited, "rules/base.yaml", "[18_plus]", "[under_18]")
    arguments = ("diff", "--language", "de", "--processes", "1", str(small), str(edited))
    outcome = clearing(*arguments)
    assert outcome.out.startswith("Andere Einträge: mbe_everybody.")
    assert "clearing prove --until 12m" in outcome.out


def test_a_replay_names_the_new_folder(clearing, small, edited):
    edit(edited, "rules/base.yaml", "[18_plus]", "[under_18]")
    outcome = clearing("diff", "--processes", "1", str(small), str(edited))
    assert f"CLEARING_KNOWLEDGE={edited} clearing chat --link " in outcome.out


@pytest.mark.parametrize("folders", [["./nix"], ["/nix/nix"], ["HEAD", "nix"]])
def test_a_folder_that_does_not_exist_is_said(clearing, folders):
    line = clearing("diff", *folders).line
    assert line == f"There is no folder {Path(folders[-1])}. Give an existing one."


def test_a_revision_of_git_is_compared_with_the_folder(clearing, small):
    git(small, "init", "-q")
    git(small, "add", ".")
    git(small, "commit", "-q", "-m", "first")
    settings = {"KNOWLEDGE": str(small)}
    same = clearing("diff", "--json", "--processes", "1", settings=settings)
    assert (same.code, json.loads(same.out)["entries"]) == (0, [])
    edit(small, LAKE, "  valid: {from: 2024-01-01, to: 2027-12-31}", "  valid: {to: 2024-12-31}")
    changed = clearing("diff", "HEAD", "--json", "--processes", "1", settings=settings)
    assert changed.code == 1
    assert json.loads(changed.out)["entries"] == ["mbe_lake"]


@pytest.mark.parametrize("revision", ["nosuch", "-x", "HEAD~7"])
def test_what_git_does_not_know_is_said_in_one_line(clearing, small, revision):
    git(small, "init", "-q")
    git(small, "add", ".")
    git(small, "commit", "-q", "-m", "first")
    outcome = clearing("diff", "--", revision, settings={"KNOWLEDGE": str(small)})
    assert "revision" in outcome.line


def test_without_a_repository_two_folders_are_the_cure(clearing, small):
    outcome = clearing("diff", "HEAD", settings={"KNOWLEDGE": str(small)})
    assert "two folders" in outcome.line
