"""The catalogues are complete and true to their sources, and a broken one says where and what."""

import importlib.util
import itertools
import os
import re
import unicodedata
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.language import catalogues
from bot.language.catalogues import DOMAINS, SOURCE_LANGUAGE, CatalogueError

ROOT = Path(__file__).parents[2]
LANGUAGES = ("de", "en", "uk", "ar", "fa", "ru")
FILES = [
    pytest.param(language, domain, id=f"{language}-{domain}")
    for domain in DOMAINS
    for language in LANGUAGES
    if language != SOURCE_LANGUAGE[domain]
]
QUOTED = re.compile(r"“(My answers|I don’t know)”")
"""Buttons that a text mentions by name."""

every_file = pytest.mark.parametrize(("language", "domain"), FILES)


@pytest.fixture(scope="module")
def tool():
    """`tools/locales.py`, which is a script and no package."""
    spec = importlib.util.spec_from_file_location("locales", ROOT / "tools/locales.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def messages(language, domain):
    path = ROOT / "locales" / language / "LC_MESSAGES" / f"{domain}.po"
    with path.open("rb") as source:
        return read_po(source, locale=language, abort_invalid=True)


def placeholders(text):
    return sorted(re.findall(r"\{[^}]*\}|[{}]|(?<![\w/])/[a-z]+\b", text))


def pictograms(text):
    """The symbols that a text begins with."""
    symbols = itertools.takewhile(_is_symbol, text.lstrip("\u2066"))
    return "".join(symbols).strip()


def _is_symbol(letter):
    return unicodedata.category(letter) in ("So", "Sk", "Mn", "Zs") or letter in "•\u200d"


def test_the_catalogues_hold_every_text_once_in_the_order_of_the_sources(tool):
    """`python tools/locales.py extract` would change nothing."""
    for path, content in tool.extracted():
        assert path.read_bytes() == content, f"{path}: run `python tools/locales.py extract`"


@every_file
def test_every_text_is_translated_and_none_is_left_to_guessing(language, domain):
    catalogue = messages(language, domain)
    assert len(catalogue) > 100
    assert not catalogue.obsolete
    for message in catalogue:
        if message.id:
            assert message.string, message.id
            assert not message.fuzzy, message.id
            assert isinstance(message.string, str), message.id
            assert message.string == message.string.strip(), message.id


@every_file
def test_translations_keep_places_commands_pictograms_and_lines(language, domain):
    for message in messages(language, domain):
        if message.id:
            assert placeholders(message.string) == placeholders(message.id)
            assert pictograms(message.string) == pictograms(message.id)
            assert message.string.count("\n") == message.id.count("\n")


@every_file
def test_a_header_names_the_language_and_says_who_has_checked_it(language, domain):
    catalogue = messages(language, domain)
    assert str(catalogue.locale) == language
    assert catalogue.charset == "utf-8"
    path = ROOT / "locales" / language / "LC_MESSAGES" / f"{domain}.po"
    header = path.read_text(encoding="utf-8").partition("\n\n")[0]
    assert "Translated by a machine" in header or "Checked by" in header
    assert "Plural-Forms: nplurals=" in header
    assert not re.search(r"EMAIL@ADDRESS|ORGANIZATION|FIRST AUTHOR|LL@li\.org|VERSION", header)


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_a_text_calls_a_button_what_the_button_calls_itself(language):
    catalogue = messages(language, "interface")
    labels = {
        "My answers": catalogue["📋 My answers"].string.split(" ", 1)[1],
        "I don’t know": catalogue["🤷 I don’t know / I’d rather not say"]
        .string[2:]
        .split(" / ")[0],
    }
    mentions = [(message, name) for message in catalogue for name in QUOTED.findall(message.id)]
    assert len(mentions) >= 3
    for message, name in mentions:
        assert labels[name] in message.string


# -- what stands in, and what is broken -------------------------------------------------------


def write(folder, language, domain, texts):
    path = folder / language / "LC_MESSAGES" / f"{domain}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    entries = "\n".join(f'msgid "{text}"\nmsgstr "{said}"\n' for text, said in texts.items())
    path.write_text(header + entries, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path):
    """German and English as they are, Ukrainian with gaps."""
    write(tmp_path, "de", "interface", {"Back": "Zurück"})
    write(tmp_path, "en", "knowledge", {"Tür": "Door", "Haus": "House"})
    write(tmp_path, "uk", "interface", {"Back": "Назад", "Help": ""})
    write(tmp_path, "uk", "knowledge", {"Tür": "Двері", "Haus": ""})
    return tmp_path


def test_a_gap_is_filled_from_english_then_german_with_a_mark(folder):
    """F55."""
    known = catalogues.load(folder, ["de", "en", "uk"])
    ukrainian = known["uk"]
    assert ukrainian.interface("Back") == "Назад"
    assert ukrainian.interface("Help") == "Help (EN)"
    assert ukrainian.knowledge("Tür") == "Двері"
    assert ukrainian.knowledge("Haus") == "House (EN)"
    assert ukrainian.knowledge("Hof") == "Hof (DE)"
    assert ukrainian.knowledge("") == ""
    assert ukrainian.missing("knowledge", ["Tür", "Haus", "Hof"]) == ("Haus", "Hof")


def test_a_source_language_needs_no_translation_of_itself(folder):
    known = catalogues.load(folder, ["de", "en"])
    assert known["en"].interface("Help") == "Help"
    assert known["en"].knowledge("Hof") == "Hof (DE)"
    assert known["de"].knowledge("Hof") == "Hof"
    assert known["de"].interface("Help") == "Help (EN)"
    assert known["de"].missing("knowledge", ["Hof"]) == ()


def test_without_english_german_stands_in(folder):
    assert catalogues.load(folder, ["uk"])["uk"].knowledge("Haus") == "Haus (DE)"


def test_a_catalogue_that_is_newer_than_its_compiled_form_is_compiled(folder):
    assert catalogues.load(folder, ["de"])["de"].interface("Back") == "Zurück"
    path = write(folder, "de", "interface", {"Back": "Nach hinten"})
    compiled = path.with_suffix(".mo").stat()
    os.utime(path, ns=(compiled.st_atime_ns, compiled.st_mtime_ns + 1_000_000_000))
    assert catalogues.load(folder, ["de"])["de"].interface("Back") == "Nach hinten"


def test_compiling_says_what_it_has_written_and_does_so_once(folder):
    assert len(catalogues.compile_stale(folder)) == 4
    assert catalogues.compile_stale(folder) == []
    assert not list(folder.rglob("*.new"))


@pytest.mark.parametrize(
    ("broken", "cure"),
    [
        ('msgid "Back\nmsgstr "Zurück"\n', "between two quotes"),
        ('msgid "Back" now\nmsgstr "Zurück"\n', "between two quotes"),
        ('msgid "Back\\"\nmsgstr "Zurück"\n', "between two quotes"),
        ("<<<<<<< HEAD\n", "between two quotes"),
        ("msgid\nmsgstr\n", "between two quotes"),
        ('msgid "Back"\nmsgid "Help"\n', "one `msgstr` below"),
        (b'msgid "Zur\xfcck"\nmsgstr "Back"\n', "Save the file as UTF-8"),
    ],
    ids=["open quote", "rest", "escaped quote", "conflict", "no text", "no msgstr", "not UTF-8"],
)
def test_a_broken_catalogue_is_named_with_its_line_and_what_to_do(folder, broken, cure):
    path = folder / "de/LC_MESSAGES/interface.po"
    whole = path.read_bytes()
    path.write_bytes(whole + (broken if isinstance(broken, bytes) else broken.encode()))
    with pytest.raises(CatalogueError) as raised:
        catalogues.load(folder, ["de"])
    said = str(raised.value)
    assert said.startswith(f"{path}:{len(whole.splitlines()) + 1}: ")
    assert cure in said
    assert "\n" not in said
    assert not path.with_suffix(".mo").exists()


def test_a_missing_catalogue_is_named_with_what_to_do(folder):
    with pytest.raises(CatalogueError, match=r"ru/.*\.po: .*missing.*take `ru` out of `lang"):
        catalogues.load(folder, ["ru"])


@pytest.mark.parametrize("broken", [b"", b"\xde\x12\x04\x95\0", b"no catalogue at all"])
def test_a_broken_compiled_catalogue_is_made_again(folder, broken):
    catalogues.compile_stale(folder)
    path = folder / "de/LC_MESSAGES/interface.mo"
    later = path.stat().st_mtime_ns + 1_000_000_000
    path.write_bytes(broken)
    os.utime(path, ns=(later, later))
    assert catalogues.load(folder, ["de"])["de"].interface("Back") == "Zurück"
