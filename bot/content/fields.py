"""What a single value in the knowledge folder may look like: ids, texts, dates, keys.

An editor sees types where the loader sees text: it reads `110` as a number. `unquoted` says which
numbers are fine all the same; `names` says what an id stands for, so that it can be completed.
"""

import re
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
    StringConstraints,
)
from pydantic_core import PydanticCustomError


def _true_or_false(value: object) -> bool:
    """YAML's many other words for it (`no`, `on`, `Y`) are ids and languages here."""
    if value in ("true", "false"):
        return value == "true"
    raise PydanticCustomError("flag", "neither true nor false")


def _day(value: object) -> date:
    """ISO only: pydantic would also take a number of seconds."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("day", "not a date")


def _seen(value: str) -> str:
    """A day that never was says nothing."""
    return _day(value).isoformat() if value.count("-") == len("--") else value


_DATE: Final = (
    r"^[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
    r"|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))$"
)

Flag = Annotated[
    bool,
    BeforeValidator(_true_or_false),
    Field(json_schema_extra={"errorMessage": "Hier steht `true` (ja) oder `false` (nein)."}),
]
Day = Annotated[
    date,
    BeforeValidator(_day),
    Field(
        json_schema_extra={
            "pattern": _DATE,
            "patternErrorMessage": "Jahr, Monat und Tag, wie 2026-11-22.",
        }
    ),
]

_ID: Final[dict[str, JsonValue]] = {
    "pattern": r"^[a-z0-9][a-z0-9_]{0,23}$",
    "unquoted": {"minimum": 0},
    "patternErrorMessage": "Nur a–z, Ziffern und _, höchstens 24 Zeichen.",
}

Id = Annotated[str, StringConstraints(pattern=str(_ID["pattern"])), Field(json_schema_extra=_ID)]
"""Snake case, at most 24 characters: ids travel in buttons of 64 bytes."""

_Name = Annotated[str, StringConstraints(min_length=1)]
"""Of what stands elsewhere; the loader says which names there are."""

QuestionId = Annotated[_Name, Field(json_schema_extra={"names": "questions"})]
OptionId = Annotated[_Name, Field(json_schema_extra={"names": "options", **_ID})]
KindId = Annotated[_Name, Field(json_schema_extra={"names": "kinds"})]
DoorId = Annotated[_Name, Field(json_schema_extra={"names": "doors"})]

Text = Annotated[str, StringConstraints(min_length=1, max_length=1200, strip_whitespace=True)]
ShortText = Annotated[str, StringConstraints(min_length=1, max_length=160, strip_whitespace=True)]
Language = Annotated[ShortText, Field(json_schema_extra={"names": "languages"})]
State = Annotated[ShortText, Field(json_schema_extra={"names": "states"})]
Url = Annotated[
    str,
    StringConstraints(pattern=r"^https?://[^\s<>\"]+$", max_length=300),
    Field(
        json_schema_extra={"patternErrorMessage": "Die ganze Adresse, wie https://www.example.org."}
    ),
]
Source = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]
"""An address on the web, or words."""
Postcode = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{5}$"),
    Field(
        json_schema_extra={
            "unquoted": {"minimum": 1000, "maximum": 99999},
            "patternErrorMessage": "Fünf Ziffern in Anführungszeichen: '03046'.",
        }
    ),
]
Seen = Annotated[
    str,
    StringConstraints(pattern=rf"^([1-9][0-9]{{3}}(-(0[1-9]|1[0-2]))?|{_DATE[1:-1]}|unknown)$"),
    AfterValidator(_seen),
    Field(
        json_schema_extra={
            "unquoted": {"minimum": 1000, "maximum": 9999},
            "patternErrorMessage": "'2026-11-22', '2026-11', '2026' oder unknown.",
        }
    ),
]
"""As exactly as it is known."""

_FILE: Final = StringConstraints(pattern=r"^[a-z0-9_]+[.]yaml$", max_length=80)
RuleFile = Annotated[str, _FILE, Field(json_schema_extra={"names": "rules"})]
ServiceFile = Annotated[str, _FILE, Field(json_schema_extra={"names": "services"})]

DistrictKey = Annotated[_Name, Field(json_schema_extra={"names": "districts"})]
MunicipalityKey = Annotated[_Name, Field(json_schema_extra={"names": "municipalities"})]

Review = Annotated[Literal["needed"], Field(description="Jemand vom Fach muss es noch bestätigen")]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
