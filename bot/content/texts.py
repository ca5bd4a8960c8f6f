"""The German texts of the knowledge base, by key: what is shown, and what is translated.

=====================================  ==========================================================
question.ID                            text, text_other, why, short
option.QUESTION.ID                     pictogram, text, fact (else the text), explain, text_alone,
                                       yes_alone, no_alone, later
type.ID                                name, plain, pictogram, what, happens, bring.0 to bring.n,
                                       cost, note, say, finder_name, finder_type_in
rule.ID                                because
service.ID                             name, provider
hotline.ID                             name, what, caution, pictogram
region.ID                              name
=====================================  ==========================================================

What is missing in the files is missing here. Pictograms, names of offices and of directories stay
as they are in every language; everything else is translated, `say` too: the person says the German
sentence and reads beneath what it means.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.content.tree import Document, Path, Value

_OPTION: Final = ("pictogram", "text", "explain", "text_alone", "yes_alone", "no_alone")
_TYPE: Final = ("name", "plain", "pictogram", "what", "happens", "cost", "note", "say")
_AS_THEY_ARE: Final = frozenset(
    {
        ("option", "pictogram"),
        ("type", "pictogram"),
        ("type", "name"),
        ("type", "finder_name"),
        ("hotline", "pictogram"),
        ("service", "name"),
        ("service", "provider"),
        ("region", "name"),
    }
)


@dataclass(frozen=True, slots=True)
class Text:
    kind: str
    id: str
    """For an option with its question, as in `age.27_plus`."""
    field: str
    german: str
    path: Path

    @property
    def key(self) -> str:
        return f"{self.kind}.{self.id}.{self.field}"

    @property
    def translated(self) -> bool:
        return (self.kind, self.field) not in _AS_THEY_ARE


def texts(document: Document) -> Iterator[Text]:
    """All texts of one file, in the order of reading."""
    folder, _, name = document.file.rpartition("/")
    if name == "region.yaml":
        yield from _fields("region", document.value, (), ("name",))
    read = _READ.get(name) or _READ.get(folder.rpartition("/")[2])
    for item, path in _items(document.value, ()):
        if read is not None:
            yield from read(item, path)


def _question(question: dict[str, Value], path: Path) -> Iterator[Text]:
    yield from _fields("question", question, path, ("text", "text_other", "why", "short"))
    yield from _options(question, path)


def _options(question: dict[str, Value], path: Path) -> Iterator[Text]:
    for option, below in _items(question.get("options"), (*path, "options")):
        name = f"{question.get('id')}.{option.get('id')}"
        yield from _fields("option", option, below, _OPTION, name)
        fact = "fact" if option.get("fact") else "text"
        for text in _fields("option", option, below, (fact,), name):
            yield Text("option", name, "fact", text.german, text.path)
        for text in _fields("later", option.get("later"), (*below, "later"), ("text",), name):
            yield Text("option", name, "later", text.german, text.path)


def _type(kind: dict[str, Value], path: Path) -> Iterator[Text]:
    name = str(kind.get("id"))
    yield from _fields("type", kind, path, _TYPE)
    brought = kind.get("bring")
    for number, item in enumerate(brought if isinstance(brought, list) else []):
        if isinstance(item, str):
            yield Text("type", name, f"bring.{number}", item.strip(), (*path, "bring", number))
    finder = kind.get("finder")
    if isinstance(finder, dict):
        for text in _fields("type", finder, (*path, "finder"), ("name", "type_in"), name):
            yield Text("type", name, f"finder_{text.field}", text.german, text.path)


def _rule(rule: dict[str, Value], path: Path) -> Iterator[Text]:
    yield from _fields("rule", rule, path, ("because",))


def _service(service: dict[str, Value], path: Path) -> Iterator[Text]:
    yield from _fields("service", service, path, ("name", "provider"))


def _hotline(hotline: dict[str, Value], path: Path) -> Iterator[Text]:
    yield from _fields("hotline", hotline, path, ("name", "what", "caution", "pictogram"))


_READ: Final[Mapping[str, Callable[[dict[str, Value], Path], Iterator[Text]]]] = {
    "questions.yaml": _question,
    "types.yaml": _type,
    "hotlines.yaml": _hotline,
    "rules": _rule,
    "services": _service,
}
"""By the name of the file, or of its folder."""


def _fields(
    kind: str, value: Value, path: Path, fields: tuple[str, ...], name: str = ""
) -> Iterator[Text]:
    if not isinstance(value, dict):
        return
    for field in fields:
        german = value.get(field)
        if isinstance(german, str) and german.strip():
            yield Text(kind, name or str(value.get("id")), field, german.strip(), (*path, field))


def _items(value: Value, path: Path) -> Iterator[tuple[dict[str, Value], Path]]:
    for number, item in enumerate(value if isinstance(value, list) else []):
        if isinstance(item, dict):
            yield item, (*path, number)
