"""What counsellors may write in the knowledge folder: the shape of every YAML file.

These definitions are the only ones: the loader checks with them, and the JSON Schema for
editors is made from them. Field texts are German, since those who read them are counsellors.
"""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
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


Flag = Annotated[bool, BeforeValidator(_true_or_false)]
Day = Annotated[date, BeforeValidator(_day)]

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]{0,23}$")]
"""Snake case, at most 24 characters: ids travel in buttons of 64 bytes."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=1200, strip_whitespace=True)]
ShortText = Annotated[str, StringConstraints(min_length=1, max_length=160, strip_whitespace=True)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$", max_length=300)]
Source = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]
"""An address on the web, or words."""
FileName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+[.]yaml$", max_length=80)]
DistrictKey = Annotated[str, StringConstraints(pattern=r"^12[0-9]{3}$")]
MunicipalityKey = Annotated[str, StringConstraints(pattern=r"^12[0-9]{6}$")]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ConditionText(Strict):
    """Exactly one of: `question` with `is`, `all`, `any`, `not`."""

    question: Id | None = None
    is_: list[Id] | None = Field(default=None, alias="is", min_length=1)
    all: list["ConditionText"] | None = Field(default=None, min_length=1)
    any: list["ConditionText"] | None = Field(default=None, min_length=1)
    not_: "ConditionText | None" = Field(default=None, alias="not")


class OptionText(Strict):
    id: Id
    pictogram: ShortText = Field(description="Ein Bildzeichen, das auch ohne Lesen verstanden wird")
    text: ShortText = Field(description="So steht es auf dem Knopf")
    fact: ShortText | None = Field(
        default=None,
        description="Die Tatsache ohne Person („ab 27 Jahren“), für Übersicht und Schalterblatt",
    )
    explain: Text | None = Field(default=None, description="Ein Satz, wenn das Wort schwer ist")
    ask: ConditionText | None = Field(default=None, description="Nur dann danach fragen")
    alone: ConditionText | None = Field(
        default=None, description="Dann vor allem anderen und allein gefragt"
    )
    text_alone: Text | None = Field(default=None, description="Die Frage, wenn sie allein steht")
    yes_alone: ShortText | None = Field(
        default=None, description="Der Knopf für Ja, allein gefragt"
    )
    no_alone: ShortText | None = Field(
        default=None, description="Der Knopf für Nein, allein gefragt"
    )


class QuestionText(Strict):
    id: Id
    kind: Literal["one", "several", "place"] = "one"
    text: Text = Field(description="Die Frage an die Person selbst, mit „Sie“")
    text_other: Text | None = Field(
        default=None, description="Dieselbe Frage über ein Kind oder eine andere Person"
    )
    why: Text = Field(description="Warum fragen wir das? Ein bis zwei Sätze")
    ask: ConditionText | None = None
    depends: list[Id] = Field(
        default=[], description="Ändert sich eine dieser Antworten, gilt diese nicht mehr"
    )
    options: list[OptionText] = []


class FinderText(Strict):
    """What to do where no entry is known."""

    name: ShortText
    url: Url
    type_in: ShortText = Field(description="Was man dort eingibt oder anklickt")


class ServiceTypeText(Strict):
    id: Id
    name: ShortText = Field(description="Der deutsche Name, wie er an der Tür steht")
    plain: ShortText = Field(description="Dasselbe in einfachen Worten")
    pictogram: ShortText
    member: Flag = Field(description="Gehört zum Migrationsfachdienst")
    authority: Flag = Field(default=False, description="Eine Behörde: führt nie")
    public: Flag = Field(default=False, description="Öffentliche Stelle: muss vielleicht melden")
    reach: Literal["regional", "statewide", "national"]
    what: Text = Field(description="Was ist das?")
    happens: Text = Field(description="Was passiert dort?")
    bring: list[ShortText] = Field(description="Was bringt man mit?")
    cost: Text = Field(description="Kostet es etwas? Ist es vertraulich?")
    note: Text | None = Field(default=None, description="Ein wichtiger Hinweis auf der Karte")
    say: Text = Field(description="Ein Satz, den man am Telefon oder am Schalter sagt (deutsch)")
    finder: FinderText


class RuleText(Strict):
    """Either `refer_to` with `role`, or `withhold`."""

    id: Id
    refer_to: Id | None = None
    role: Literal["lead", "also", "partner"] | None = None
    before_lead: Flag = Field(default=False, description="Steht noch vor der ersten Tür")
    withhold: list[Id] | Literal["public"] | None = Field(
        default=None, description="Diese Stellen nie zeigen; public: alle öffentlichen"
    )
    except_: list[Id] = Field(default=[], alias="except")
    when: ConditionText
    because: ShortText = Field(description="Tatsachen, keine Person: „ab 27 Jahren · neu hier“")
    source: ShortText = Field(description="Woher, mit Abschnitt: „Handreichung 2006, 1.2 a“")
    checked: Day
    review: Literal["needed"] | None = Field(
        default=None, description="Muss jemand vom Fach noch bestätigen"
    )


class EvidenceText(Strict):
    source: Source
    date: Annotated[str, StringConstraints(pattern=r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?|unknown)$")]
    confidence: Literal["high", "medium", "low"]


class ConfirmedText(Strict):
    date: Day
    by: ShortText = Field(description="Die Rolle, nicht der Name: „Leitung MBE“")


class AddressText(Strict):
    name: ShortText | None = Field(default=None, description="Haus, Etage, Raum")
    street: ShortText
    postcode: Annotated[str, StringConstraints(pattern=r"^[0-9]{5}$")] | None = None
    town: ShortText


class SiteText(Strict):
    address: AddressText | None = None
    phone: list[ShortText] = []
    email: ShortText | None = None
    website: Url | None = None
    hours: ShortText | None = Field(
        default=None, description="Schreibweise von OpenStreetMap: „Mo-Th 09:00-16:00; PH off“"
    )
    by_appointment: Flag = False
    evidence: EvidenceText
    confirmed: ConfirmedText | None = None


class ServesText(Strict):
    statewide: Flag = False
    districts: list[DistrictKey] = []
    municipalities: list[MunicipalityKey] = []
    who: ConditionText | None = Field(default=None, description="Nur für diese Menschen")


class ValidText(Strict):
    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None


class ServiceText(Strict):
    id: Id
    name: ShortText
    provider: ShortText = Field(description="Der Träger")
    carrier: Literal["public", "independent"]
    offers: list[Id] = Field(min_length=1, description="Arten von Diensten, z. B. [mbe, jmd]")
    serves: ServesText
    languages: list[ShortText] = Field(default=[], description="Kürzel: de, en, ru …")
    shelter: Flag = Field(default=False, description="Schutzhaus: nur Telefon, nie eine Adresse")
    sites: list[SiteText] = Field(min_length=1)
    valid: ValidText | None = None
    review: Literal["needed"] | None = None


class HotlineText(Strict):
    id: Id
    name: ShortText
    phone: ShortText | None = None
    website: Url | None = None
    pictogram: ShortText
    what: Text = Field(description="Wer hilft hier wem? Ein Satz")
    hours: ShortText = Field(description="Schreibweise von OpenStreetMap: 24/7")
    free: Flag = True
    languages: list[ShortText] = []
    emergency: Flag = Field(default=False, description="Steht auf der Notfallseite")
    type: Literal["hotline", "online_advice"] = "hotline"
    when: ConditionText = Field(description="Wann diese Nummer vor der ersten Tür steht")
    caution: Text | None = None
    caution_when: ConditionText | None = None
    evidence: EvidenceText
    confirmed: ConfirmedText | None = None


class OperatorText(Strict):
    """Who answers for the data; empty until somebody runs the bot."""

    name: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    privacy_officer: str = ""
    supervisor: str = ""


class RegionText(Strict):
    id: Id
    name: ShortText
    time_zone: ShortText
    holidays: ShortText = Field(description="Landeskürzel für Feiertage: BB")
    operator: OperatorText
    languages: list[ShortText]
    rules: list[FileName] = Field(description="Die Regeldateien, in der Reihenfolge des Vorrangs")
    services: list[FileName]
    complete: list[DistrictKey] = Field(
        default=[], description="Landkreise, von denen jemand sicher weiß, dass nichts fehlt"
    )
