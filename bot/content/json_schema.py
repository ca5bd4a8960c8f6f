"""JSON Schemas for editors of the knowledge folder, made from what the loader checks with.

An editor sees types where the loader sees text: a phone number without quotes is a number to it.
The schemas accept what the loader accepts, but for two things that look like mistakes: `true`
alone as a text, and a form of a condition with nothing behind it. What only several entries show
together (an id twice), and whether a phone number or opening hours exist, `clearing check` says.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from bot.content.german_names import LANGUAGES, STATES
from bot.content.json_choices import Schema, choice, hint, key
from bot.content.json_names import Names
from bot.content.json_together import together
from bot.content.schema import HotlineText, RegionText, ServiceText
from bot.content.schema_rules import ConditionText, QuestionText, RuleText, ServiceTypeText

FILES: Final[Mapping[str, tuple[type[BaseModel], str]]] = {
    "region": (RegionText, "Die Region, wer für die Daten einsteht, welche Dateien gelten"),
    "questions": (QuestionText, "Die Fragen, in der Reihenfolge, in der gefragt wird"),
    "types": (ServiceTypeText, "Die Arten von Stellen, in der Reihenfolge, in der sie stehen"),
    "hotlines": (HotlineText, "Nummern und Online-Beratung für ganz Deutschland"),
    "rules": (RuleText, "Wer für wen zuständig ist; was weiter oben steht, geht vor"),
    "services": (ServiceText, "Die Stellen mit Adresse, Telefon und Öffnungszeiten"),
}
"""Kind of file -> what its entries are (region.yaml is one), and what it is for."""

_DRAFT: Final = "http://json-schema.org/draft-07/schema#"
"""The newest that all editors know."""


def schemas(names: Names) -> Mapping[str, str]:
    """File name -> text, for each kind of file."""
    return {f"{kind}.json": _lines(_file(kind, names)) + "\n" for kind in FILES}


def _file(kind: str, names: Names) -> Schema:
    model, description = FILES[kind]
    _, made = models_json_schema([(model, "validation")], schema_generator=_Untitled)
    shapes = {name: _shape(name, shape, names) for name, shape in made["$defs"].items()}
    entry = {"$ref": f"#/$defs/{model.__name__}"}
    return {
        "$schema": _DRAFT,
        "title": model.model_config["title"],
        "description": description,
        **(
            {"allOf": [entry]}
            if model is RegionText
            else {"type": "array", "minItems": 1, "items": entry}
        ),
        **together(f"{kind}.yaml", names),
        "$defs": shapes,
    }


class _Untitled(GenerateJsonSchema):
    """Without the titles that pydantic makes of English names."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401, ARG002 - as inherited
        return False


def _shape(name: str, shape: Schema, names: Names) -> Schema:
    fields = shape["properties"]
    if name == ConditionText.__name__:
        fields = {field: _without_null(value) for field, value in fields.items()}
    more = together(name, names)
    return {
        "title": shape["title"],
        **{
            word: shape[word]
            for word in ("type", "additionalProperties", "required")
            if word in shape
        },
        "properties": {field: _value(value, names) for field, value in fields.items()},
        **more,
    }


def _value(value: Schema, names: Names, above: Schema | None = None) -> Schema:
    """One field as an editor should see it; the entries of a list are titled as the list above."""
    words: Schema = {word: value[word] for word in _WORDS if word in value}
    titled = {"title": words["title"]} if "title" in words else above or {}
    branches = value.get("anyOf", ())
    parts = [_value(branch, names, titled) for branch in branches if branch != _NULL]
    if parts:
        shape = parts[0] if len(parts) == 1 else {"anyOf": parts}
    elif "$ref" in value:
        shape = {"$ref": value["$ref"]}
    elif value["type"] == "array":
        items = _value({**titled, **value["items"]}, names)
        least = {"minItems": value["minItems"]} if "minItems" in value else {}
        shape = {"type": "array", **least, "items": items}
    else:
        shape = _scalar(value, names)
    return {**(_or_null(shape) if _NULL in branches else shape), **words}


_NULL: Final = {"type": "null"}
_WORDS: Final = ("title", "description")


def _or_null(shape: Schema) -> Schema:
    if "type" not in shape:
        return {"anyOf": [shape, _NULL]}
    types = [shape["type"]] if isinstance(shape["type"], str) else shape["type"]
    return {**shape, "type": [*types, "null"]}


def _without_null(value: Schema) -> Schema:
    (only,) = (branch for branch in value["anyOf"] if branch != _NULL)
    return {**value, "anyOf": [only]}


def _scalar(value: Schema, names: Names) -> Schema:
    named = _NAMED.get(value.get("names", ""))
    if named is not None:
        return named(names)
    if "const" in value or "enum" in value:
        listed = value.get("enum", [value.get("const")])
        said = value.get("enumDescriptions", [value.get("description", "")])
        return choice(dict(zip(listed, said, strict=True)))
    if value["type"] == "boolean":
        return {"type": "boolean", "errorMessage": value["errorMessage"]}
    more = hint(LANGUAGES) if value.get("names") == "languages" else {}
    return {**_text(value), **more}


_NAMED: Final[Mapping[str, Callable[[Names], Schema]]] = {
    "questions": lambda names: choice(names.questions),
    "kinds": lambda names: choice(names.kinds),
    "doors": lambda names: choice(names.doors),
    "rules": lambda names: choice(dict.fromkeys(names.rules, "Datei im Ordner rules")),
    "services": lambda names: choice(dict.fromkeys(names.services, "Datei im Ordner services")),
    "states": lambda _names: choice(STATES),
    "districts": lambda names: key(names.districts, "Diesen Landkreis gibt es nicht."),
    "municipalities": lambda names: key(
        names.municipalities, "Diese Gemeinde gibt es nicht.", names.districts
    ),
}
"""What an id stands for -> the ids there are. The options of a question depend on the question."""


def _text(value: Schema) -> Schema:
    """Text that may be written without quotes also where it looks like a number."""
    limits: Schema = {word: value[word] for word in _LIMITS if word in value}
    if "pattern" in value:
        numbers: Schema | None = value.get("unquoted")
        return {"type": ["string", "integer"] if numbers else "string", **limits, **(numbers or {})}
    if "minLength" in value:
        # Not the length as well, or the editor would say it twice.
        limits |= {"pattern": r"\S", "patternErrorMessage": "Hier fehlt der Text."}
    return {"type": ["string", "number"], **limits}


_LIMITS: Final = ("maxLength", "pattern", "patternErrorMessage")


def _lines(value: object, indent: str = "") -> str:
    """Indented, but what fits into a line stands on one."""
    short = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or len(indent + short) < _WIDTH:
        return short
    deeper = indent + "  "
    if isinstance(value, list):
        inside = [_lines(item, deeper) for item in value]
    else:
        inside = [f"{json.dumps(name)}: {_lines(item, deeper)}" for name, item in value.items()]
    first, last = "[]" if isinstance(value, list) else "{}"
    return f"{first}\n{deeper}" + f",\n{deeper}".join(inside) + f"\n{indent}{last}"


_WIDTH: Final = 110
