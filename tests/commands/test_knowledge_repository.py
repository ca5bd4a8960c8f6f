"""The template for a knowledge folder that is a repository of its own, and the hooks it uses."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from bot.commands import arguments
from bot.commands.registry import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "docs" / "knowledge-repository"
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
WORKFLOW = yaml.safe_load((TEMPLATE / ".github/workflows/check.yaml").read_text(encoding="utf-8"))
STEPS = WORKFLOW["jobs"]["check"]["steps"]
SCRIPT = ROOT / "tools" / "clearing.sh"


def test_the_knowledge_may_be_the_root_of_a_repository(clearing, knowledge, monkeypatch):
    shutil.copytree(TEMPLATE, knowledge, dirs_exist_ok=True)
    subprocess.run(["git", "init", "--quiet", str(knowledge)], check=True)  # noqa: S607
    monkeypatch.chdir(knowledge)
    assert clearing("check", settings={"KNOWLEDGE": "."}).code == 0
    assert clearing("schema", "--check").code == 0


def test_the_template_names_hooks_that_there_are():
    config = yaml.safe_load((TEMPLATE / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    named = [hook["id"] for repository in config["repos"] for hook in repository["hooks"]]
    assert sorted(named) == sorted(hook["id"] for hook in HOOKS)


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_runs_a_command_for_each_file_that_the_bot_reads(hook):
    script, *typed = hook["entry"].split()
    assert ROOT / script == SCRIPT
    assert SCRIPT.stat().st_mode & 0o111
    assert arguments.read(typed, COMMANDS.values()).name == typed[0]
    folder = ROOT / "knowledge"
    read = {
        path.relative_to(folder).as_posix()
        for pattern in ("*.yaml", "rules/*.yaml", "services/*.yaml", "places/*.csv")
        for path in folder.glob(pattern)
    }
    assert {name for name in read if not re.search(hook["files"], name)} == set()
    assert not re.search(hook["files"], "README.md")


def test_the_workflow_runs_commands_that_there_are():
    lines = [step["run"] for step in STEPS if "run" in step]
    typed = [line.split("tools/clearing.sh ")[1].split() for line in lines]
    names = [arguments.read(words, COMMANDS.values()).name for words in typed]
    assert names == ["check", "schema", "prove", "diff"]


def test_the_workflow_keeps_the_same_edition_of_the_program_and_may_only_read():
    (program,) = (step["with"] for step in STEPS if "repository" in step.get("with", {}))
    assert program["ref"] == "REVISION"
    assert WORKFLOW["permissions"] == {"contents": "read"}


@pytest.mark.parametrize("code", [0, 1])
def test_what_a_command_says_stands_in_the_summary_and_its_exit_code_stays(tmp_path, code):
    project, knowledge = tmp_path / "project", tmp_path / "my knowledge"
    for folder in (project / "tools", project / ".venv" / "bin", knowledge):
        folder.mkdir(parents=True)
    shutil.copy(SCRIPT, project / "tools")
    (project / "Makefile").write_text("setup:\n\t@echo set up\n")
    command = project / ".venv" / "bin" / "clearing"
    command.write_text(f'#!/bin/sh\necho "$CLEARING_KNOWLEDGE: $*"\nexit {code}\n')
    command.chmod(0o755)
    summary = tmp_path / "summary.md"
    environment = {"PATH": "/usr/bin:/bin", "GITHUB_STEP_SUMMARY": str(summary)}
    ended = subprocess.run(
        [project / "tools" / "clearing.sh", "diff", "main branch"],
        cwd=knowledge,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == code
    said = f"### clearing diff main branch\n\n```text\n{knowledge}: diff main branch\n```\n"
    assert summary.read_text() == ended.stdout == said
