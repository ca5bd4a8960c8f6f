"""Catalogues of all languages: `extract` brings new texts into them, `compile` makes them fast."""

import ast
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import yaml
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po, write_po

from bot.language.catalogues import (
    DOMAINS,
    EDITING,
    INTERFACE,
    KNOWLEDGE,
    SOURCE_LANGUAGE,
    compile_stale,
)

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "locales"

WIDTH = 0
"""One line per text: differences stay readable."""

COMMENT = """\
# {language}: {what}.
# MIT licence, like the rest of clearing-bot.
# Translated by a machine. No speaker has checked it yet; whoever has, says so here.
#"""
"""For a new catalogue; once it exists, its comment belongs to the owner of the language."""

WHAT = {
    INTERFACE: "what the bot says",
    KNOWLEDGE: "what the knowledge base says",
    EDITING: "what people who edit are told",
}


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
    catalogue = Catalog()
    found = {INTERFACE: _interface, KNOWLEDGE: _knowledge, EDITING: _editing}[domain]()
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


def _editing() -> Iterator[tuple[str, int, str, list[str]]]:
    """Every `Sentence("…")`: Babel does not find those that stand in the places of others."""
    for path in sorted((ROOT / "bot").rglob("*.py")):
        calls = [node for node in ast.walk(ast.parse(path.read_bytes())) if _says(node)]
        for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
            yield path.relative_to(ROOT).as_posix(), call.lineno, call.args[0].value, []


def _says(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Sentence"
        and isinstance(node.args[0], ast.Constant)
        and bool(node.args[0].value)
    )


def extract() -> None:
    """Bring new texts into every catalogue; texts that are gone leave it."""
    for path, content in extracted():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
            print(path.relative_to(ROOT))


def extracted() -> Iterator[tuple[Path, bytes]]:
    """Each catalogue as it should be: every text once, in the order of the sources."""
    for path, domain, language, fresh in _catalogues():
        catalogue = _read(path, domain, language)
        catalogue.update(fresh, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        yield path, _written(catalogue, language)


def missing() -> int:
    """Say what is untranslated; 1 if anything is."""
    count = 0
    for path, domain, language, fresh in _catalogues():
        catalogue = _read(path, domain, language)
        for message in fresh:
            known = catalogue.get(message.id) if message.id else None
            if message.id and (known is None or not known.string):
                count += 1
                print(f"{path.relative_to(ROOT)}: Not translated: {message.id!r}")
    return 1 if count else 0


def _catalogues() -> Iterator[tuple[Path, str, str, Catalog]]:
    """Where each catalogue lies, its domain and language, and the texts that belong into it."""
    for domain in DOMAINS:
        fresh = template(domain)
        for language in languages():
            if language != SOURCE_LANGUAGE[domain]:
                yield LOCALES / language / "LC_MESSAGES" / f"{domain}.po", domain, language, fresh
    yield LOCALES / "de" / "LC_MESSAGES" / f"{EDITING}.po", EDITING, "de", template(EDITING)


def _read(path: Path, domain: str, language: str) -> Catalog:
    if not path.exists():
        name = Locale.parse(language).english_name
        comment = COMMENT.format(language=name, what=WHAT[domain])
        return Catalog(locale=language, header_comment=comment)
    with path.open("rb") as source:
        return read_po(source, locale=language)


def _written(catalogue: Catalog, language: str) -> bytes:
    """Without the fields that nobody fills, and without a date: the same texts, the same file."""
    header = (
        "Project-Id-Version: clearing-bot",
        f"Language: {language}",
        f"Plural-Forms: {catalogue.plural_forms}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    )
    fields = "".join(f'"{field}\\n"\n' for field in header)
    out = BytesIO()
    out.write(f'{catalogue.header_comment}\nmsgid ""\nmsgstr ""\n{fields}\n'.encode())
    write_po(out, catalogue, width=WIDTH, sort_by_file=True, omit_header=True)
    return out.getvalue().rstrip(b"\n") + b"\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
