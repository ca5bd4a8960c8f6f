"""Catalogues of all languages: `extract` brings new texts into them, `compile` makes them fast."""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po, write_po

from bot.language.catalogues import DOMAINS, INTERFACE, SOURCE_LANGUAGE, compile_stale

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "locales"

WIDTH = 0
"""One line per text: differences stay readable."""


def main(arguments: list[str]) -> int:
    match arguments:
        case ["extract"]:
            extract()
        case ["compile"]:
            for path in compile_stale(LOCALES):
                print(path.relative_to(ROOT))
        case ["missing"]:
            return missing()
        case _:
            print("Say `extract`, `compile` or `missing`.", file=sys.stderr)
            return 2
    return 0


def languages() -> list[str]:
    region = yaml.safe_load((ROOT / "knowledge" / "region.yaml").read_text(encoding="utf-8"))
    return [str(language) for language in region["languages"]]


def template(domain: str) -> Catalog:
    """Every text of a domain, with where it stands."""
    catalogue = Catalog(project="clearing-bot", charset="utf-8")
    found = _interface() if domain == INTERFACE else _knowledge()
    for name, _line, message, comments in found:
        catalogue.add(message, locations=[(name, None)], auto_comments=comments)
    return catalogue


def _interface() -> Iterator[tuple[str, int, str, list[str]]]:
    for name, line, message, comments, _context in extract_from_dir(
        str(ROOT / "bot"), method_map=[("**.py", "python")], keywords={"_": None}
    ):
        if isinstance(message, str):
            yield f"bot/{name}", line, message, comments


def _knowledge() -> Iterator[tuple[str, int, str, list[str]]]:
    for path in sorted((ROOT / "knowledge").rglob("*.yaml")):
        name = path.relative_to(ROOT).as_posix()
        for line, message, comments, _context in extract_from_file(
            "bot.content.extract:extract_knowledge", str(path)
        ):
            if isinstance(message, str):
                yield name, line, message, comments


def extract() -> None:
    """Bring new texts into every catalogue; texts that are gone leave it."""
    for domain in DOMAINS:
        fresh = template(domain)
        for language in languages():
            if language == SOURCE_LANGUAGE[domain]:
                continue
            path = LOCALES / language / "LC_MESSAGES" / f"{domain}.po"
            catalogue = _read(path, language)
            catalogue.update(fresh, no_fuzzy_matching=True, update_creation_date=False)
            catalogue.obsolete.clear()
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_written(catalogue))
            print(path.relative_to(ROOT), f"{_untranslated(catalogue)} untranslated")


def missing() -> int:
    """Say what is untranslated; 1 if anything is."""
    count = 0
    for domain in DOMAINS:
        fresh = template(domain)
        for language in languages():
            if language == SOURCE_LANGUAGE[domain]:
                continue
            path = LOCALES / language / "LC_MESSAGES" / f"{domain}.po"
            catalogue = _read(path, language)
            for message in fresh:
                known = catalogue.get(message.id) if message.id else None
                if message.id and (known is None or not known.string):
                    count += 1
                    print(f"{path.relative_to(ROOT)}: Not translated: {message.id!r}")
    return 1 if count else 0


def _read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language, project="clearing-bot", charset="utf-8", fuzzy=False)
    with path.open("rb") as source:
        return read_po(source, locale=language)


def _written(catalogue: Catalog) -> bytes:
    catalogue.fuzzy = False
    out = BytesIO()
    write_po(out, catalogue, width=WIDTH, sort_by_file=True, omit_header=False)
    lines = out.getvalue().split(b"\n")
    stamps = (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By', b'"Last-Translator')
    return b"\n".join(line for line in lines if not line.startswith(stamps))


def _untranslated(catalogue: Catalog) -> int:
    return sum(1 for message in catalogue if message.id and not message.string)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
