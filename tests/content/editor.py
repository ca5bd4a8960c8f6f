"""An editor, as far as a schema goes: which types it sees, and what it underlines in red."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import yaml
from jsonschema import Draft7Validator

from bot.content.json_names import names
from bot.content.json_schema import schemas
from bot.core.place import District, Municipality


class EditorLoader(yaml.CSafeLoader):
    """Types as an editor sees them: YAML 1.2, where `no` is a text and 2026-11-22 is one too."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - PyYAML's own name for it


class PlainDumper(yaml.CSafeDumper):
    """Quotes nothing that need not be quoted, as people do."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - PyYAML's own name for it


PlainDumper.add_representer(
    type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:str", "null")
)
PlainDumper.add_representer(
    str,
    lambda dumper, value: dumper.represent_scalar(
        "tag:yaml.org,2002:str", value, style=None if value.strip() else "'"
    ),
)
for tag, pattern in {
    "null": r"~|null|Null|NULL|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.nan",
}.items():
    EditorLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), None
    )


def _whole_number(_loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
    base = {"0o": 8, "0x": 16}.get(node.value[:2], 10)
    return int(node.value[2:], base) if base != 10 else int(node.value)


EditorLoader.add_constructor("tag:yaml.org,2002:int", _whole_number)


def as_editor(text: str) -> object:
    return yaml.load(text, EditorLoader)  # noqa: S506 - a SafeLoader with other types


def kind_of(file: str) -> str:
    return file.partition("/")[0].removesuffix(".yaml")


class Editor:
    """Red lines under what a folder's schemas refuse."""

    def __init__(self, made: dict[str, str]) -> None:
        self.schemas = {name.removesuffix(".json"): json.loads(text) for name, text in made.items()}
        for schema in self.schemas.values():
            Draft7Validator.check_schema(schema)
        self.files = {kind: Draft7Validator(one) for kind, one in self.schemas.items()}
        self.entries = {
            kind: Draft7Validator({**one.get("items", one), "$defs": one["$defs"]})
            for kind, one in self.schemas.items()
        }

    def red(self, file: str, value: object) -> list[str]:
        errors = self.files[kind_of(file)].iter_errors(value)
        return [f"{'/'.join(map(str, error.path))}: {error.message}" for error in errors]

    def takes(self, file: str, entry: object) -> bool:
        return bool(self.entries[kind_of(file)].is_valid(entry))


def editor_of(
    folder: Path,
    districts: Mapping[str, District],
    municipalities: Mapping[str, Municipality],
) -> Editor:
    return Editor(dict(schemas(names(folder, districts, municipalities))))


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.yaml"))
