"""What must fit together within one entry, as JSON Schema: the loader says the same in its code."""

from collections.abc import Mapping
from typing import Final

from bot.content.json_choices import Schema, choice
from bot.content.json_names import Names
from bot.content.questions import NEEDED

_BOTH: Final = "Entweder `refer_to` mit `role`, oder `withhold`; nicht beides."
_FILLED: Final = ["string", "number", "array", "object"]
_ALONE: Final = ("text_alone", "yes_alone", "no_alone")


def together(shape: str, names: Names) -> Schema:
    """More conditions on a shape of the schema, or on a file as a whole."""
    match shape:
        case "ConditionText":
            return _condition(names)
        case "RuleText":
            return {"allOf": _rule(names)}
        case "QuestionText":
            return {"allOf": [*_QUESTION, *_later(names)]}
        case _:
            return _FIXED.get(shape, {})


def _condition(names: Names) -> Schema:
    """Exactly one form; and to a question its own answers only."""
    return {
        "dependencies": {"question": ["is"], "is": ["question"]},
        "oneOf": [{"required": [form]} for form in ("question", "all", "any", "not")],
        "allOf": [
            {
                "if": _is("question", question),
                "then": _each("is", {"title": "Antwort", **choice(options)}),
            }
            for question, options in names.options.items()
        ],
    }


def _rule(names: Names) -> list[Schema]:
    never_leads = {"enum": ["also", "partner"], "errorMessage": "Eine Behörde führt nie."}
    before = {"enum": ["also", "partner"], "errorMessage": "Was davor steht, führt nicht."}
    return [
        {
            "if": _said("withhold"),
            "then": {
                "properties": {name: _empty(_BOTH) for name in ("refer_to", "role", "before_lead")}
            },
            "else": {"required": ["refer_to", "role"], **_filled("refer_to", "role")},
        },
        {
            "if": {"not": _is("withhold", "public")},
            "then": _field(
                "except",
                {"maxItems": 0, "errorMessage": "`except` gehört zu `withhold: public`."},
            ),
        },
        {
            "if": _among("refer_to", names.authorities),
            "then": _field("role", never_leads),
        },
        {"if": _is("before_lead", value=True), "then": _field("role", before)},
    ]


def _later(names: Names) -> list[Schema]:
    """What an answer becomes one day is another answer of the same question."""
    return [
        {
            "if": _is("id", question),
            "then": _each("options", _field("later", _field("option", choice(options)))),
        }
        for question, options in names.options.items()
        if options
    ]


def _said(field: str) -> Schema:
    """The field is there and not empty."""
    return {"type": "object", "required": [field], **_filled(field)}


def _filled(*fields: str) -> Schema:
    return {
        "properties": {
            field: {"type": _FILLED, "errorMessage": "Hier fehlt noch etwas."} for field in fields
        }
    }


def _is(field: str, value: str | bool) -> Schema:  # noqa: FBT001 - a value of the field
    return {"type": "object", "required": [field], **_field(field, {"const": value})}


def _among(field: str, values: tuple[str, ...]) -> Schema:
    # No `enum`: an editor would offer these only.
    among = {"type": "string", "pattern": f"^({'|'.join(values)})$"}
    return {"type": "object", "required": [field], **_field(field, among)}


def _field(field: str, schema: Schema) -> Schema:
    return {"properties": {field: schema}}


def _each(field: str, schema: Schema) -> Schema:
    return _field(field, {"items": schema})


def _empty(problem: str) -> Schema:
    return {"type": "null", "errorMessage": problem}


def _alone() -> Schema:
    """An option that is asked alone needs its own words."""
    return {
        "if": _said("alone"),
        "then": {"required": list(_ALONE), **_filled(*_ALONE)},
    }


_FIXED: Final[Mapping[str, Schema]] = {
    "OptionText": {"allOf": [_alone()]},
    "questions.yaml": {"allOf": [{"contains": _is("id", name)} for name in NEEDED]},
    "hotlines.yaml": {"contains": {"allOf": [_is("emergency", value=True), _said("phone")]}},
    "HotlineText": {
        "anyOf": [_said("phone"), _said("website")],
        "allOf": [
            {"if": _said("caution"), "then": _said("caution_when")},
            {"if": _said("caution_when"), "then": _said("caution")},
        ],
    },
    "ServesText": {
        "anyOf": [
            _is("statewide", value=True),
            {"required": ["districts"], **_field("districts", {"minItems": 1})},
            {"required": ["municipalities"], **_field("municipalities", {"minItems": 1})},
        ]
    },
    "ServiceText": {
        "allOf": [
            {
                "if": _is("shelter", value=True),
                "then": _field(
                    "sites",
                    {
                        "items": {
                            "required": ["phone"],
                            "properties": {
                                "address": _empty("Die Adresse eines Schutzhauses bleibt geheim."),
                                "phone": {"minItems": 1},
                            },
                        }
                    },
                ),
            }
        ]
    },
    "RegionText": {"allOf": [_field("languages", {"minItems": 1})]},
}
"""Shape, or file as a whole -> what the loader's code says about it."""

_QUESTION: Final[list[Schema]] = [
    {
        "if": _is("id", "place"),
        "then": {
            "required": ["kind"],
            "properties": {
                "kind": {
                    "enum": ["place"],
                    "errorMessage": "Die Frage `place` hat `kind: place`.",
                },
                "options": {
                    "maxItems": 0,
                    "errorMessage": "Die Gemeinden sind die Antworten; keine `options`.",
                },
            },
        },
        "else": {
            "required": ["options"],
            "properties": {
                "kind": {
                    "enum": ["one", "several"],
                    "errorMessage": "Nur die Frage `place` hat `kind: place`.",
                },
                "options": {"minItems": 1},
            },
        },
    },
    {
        "if": {"not": _is("kind", "several")},
        "then": _each(
            "options",
            _field("alone", _empty("Allein gefragt wird nur bei `kind: several`.")),
        ),
        "else": _each(
            "options",
            _field("later", _empty("Von mehreren Antworten folgt keine auf die andere.")),
        ),
    },
    *(
        {
            "if": _is("id", name),
            "then": _field(
                "options",
                {"allOf": [{"contains": _is("id", option)} for option in options]},
            ),
        }
        for name, options in NEEDED.items()
        if options
    ),
]
