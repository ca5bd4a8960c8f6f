"""What `clearing check` costs, on the shipped base and on one many times as large."""

import itertools
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.config import ROOT

LARGE = 2_000_000
"""Bytes of YAML; a state with thousands of services, each with two sites."""


@dataclass(frozen=True, slots=True)
class Check:
    size: int
    """Bytes of YAML."""
    seconds: float
    """Wall, of the whole command."""
    peer: float
    """Wall of yaml.safe_load on the same bytes."""


def shipped() -> Check:
    return _check(ROOT / "knowledge")


def large() -> Check:
    """The shipped base with its services copied under new ids, a file for each copy."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "knowledge"
        shutil.copytree(ROOT / "knowledge", folder)
        _grow(folder)
        return _check(folder)


def _grow(folder: Path) -> None:
    copies: list[str] = []
    size = sum(len(raw) for raw in _files(folder))
    services = sorted((folder / "services").glob("*.yaml"))
    numbers = itertools.count()
    for number, path in enumerate(itertools.cycle(services)):
        if size >= LARGE:
            break
        text = path.read_text(encoding="utf-8")
        text = re.sub(
            r"^- id: .*$", lambda _: f"- id: copy_{next(numbers)}", text, flags=re.MULTILINE
        )
        copies.append(f"copy_{number}.yaml")
        (folder / "services" / copies[-1]).write_text(text, encoding="utf-8")
        size += len(text.encode())
    region = folder / "region.yaml"
    listed = "".join(f"  - {name}\n" for name in copies)
    text = region.read_text(encoding="utf-8")
    region.write_text(text.replace("services:\n", f"services:\n{listed}", 1), encoding="utf-8")


def _check(folder: Path) -> Check:
    command = [sys.executable, "-m", "bot", "check", "--json"]
    settings = {"CLEARING_KNOWLEDGE": str(folder), "PATH": ""}
    seconds = []
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run(command, cwd=ROOT, env=settings, stdout=subprocess.DEVNULL, check=True)
        seconds.append(time.perf_counter() - began)
    files = list(_files(folder))
    began = time.perf_counter()
    for raw in files:
        yaml.safe_load(raw)
    peer = time.perf_counter() - began
    return Check(sum(map(len, files)), min(seconds), peer)


def _files(folder: Path) -> Iterator[bytes]:
    for path in sorted(folder.rglob("*.yaml")):
        yield path.read_bytes()
