"""What counsellors may write in region.yaml, hotlines.yaml and services/*.yaml.

These definitions and those beside them (`schema_rules`) are the only ones: the loader checks with
them, and the JSON Schema for editors is made from them. Field texts are German, since those who
read them are counsellors.
"""

from typing import Literal

from pydantic import ConfigDict, Field

from bot.content.fields import (
    Day,
    DistrictKey,
    DoorId,
    Flag,
    Id,
    KindId,
    Language,
    MunicipalityKey,
    Postcode,
    Review,
    RuleFile,
    Seen,
    ServiceFile,
    ShortText,
    Source,
    State,
    Strict,
    Text,
    Url,
)
from bot.content.schema_rules import ConditionText


class EvidenceText(Strict):
    model_config = ConfigDict(title="Beleg")

    source: Source = Field(title="Quelle", description="Woher wir das wissen: Adresse oder Worte")
    date: Seen = Field(
        title="Stand", description="Von wann die Quelle ist: '2026-11-22', '2026-11', '2026'"
    )
    confidence: Literal["high", "medium", "low"] = Field(
        title="Wie sicher",
        description="Wie gut die Quelle das belegt",
        json_schema_extra={
            "enumDescriptions": [
                "Die Stelle selbst sagt es, und es ist neu",
                "Jemand anders sagt es, oder es ist nicht mehr neu",
                "Unsicher: Die Stelle wird erst gezeigt, wenn jemand sie bestätigt hat",
            ]
        },
    )


class ConfirmedText(Strict):
    model_config = ConfigDict(title="Bestätigt")

    date: Day = Field(title="Tag", description="Wann dort jemand angerufen hat: 2026-11-22")
    by: ShortText = Field(title="Von wem", description="Die Rolle, nicht der Name: „Leitung MBE“")


class AddressText(Strict):
    model_config = ConfigDict(title="Anschrift")

    name: ShortText | None = Field(default=None, title="Haus", description="Haus, Etage, Raum")
    street: ShortText = Field(title="Straße", description="Straße und Hausnummer")
    postcode: Postcode | None = Field(
        default=None, title="Postleitzahl", description="Fünf Ziffern in Anführungszeichen: '03046'"
    )
    town: ShortText = Field(title="Ort", description="Ort, wie er auf einem Brief steht")


class SiteText(Strict):
    model_config = ConfigDict(title="Standort")

    address: AddressText | None = Field(
        default=None, title="Anschrift", description="Wohin man geht; nie bei einem Schutzhaus"
    )
    phone: list[ShortText] = Field(
        default=[], title="Telefon", description="Mit Vorwahl: [+49 3546 1234]"
    )
    email: ShortText | None = Field(
        default=None, title="E-Mail", description="Die Adresse der Stelle, nicht einer Person"
    )
    website: Url | None = Field(
        default=None, title="Internet", description="Mit https:// am Anfang"
    )
    hours: ShortText | None = Field(
        default=None,
        title="Öffnungszeiten",
        description="Schreibweise von OpenStreetMap: „Mo-Th 09:00-16:00; PH off“",
    )
    by_appointment: Flag = Field(
        default=False, title="Nur mit Termin", description="Wer kommt, braucht einen Termin"
    )
    evidence: EvidenceText = Field(title="Beleg", description="Worauf diese Angaben beruhen")
    confirmed: ConfirmedText | None = Field(
        default=None,
        title="Bestätigt",
        description="Wann die Stelle selbst es bestätigt hat; null: noch nie",
    )


class ServesText(Strict):
    model_config = ConfigDict(title="Zuständig für")

    statewide: Flag = Field(default=False, title="Landesweit", description="Für ganz Brandenburg")
    districts: list[DistrictKey] = Field(
        default=[],
        title="Landkreise",
        description="Schlüssel in Anführungszeichen; Namen eintippen genügt: „Barnim“",
    )
    municipalities: list[MunicipalityKey] = Field(
        default=[],
        title="Gemeinden",
        description="Schlüssel in Anführungszeichen; Namen eintippen genügt: „Bernau“",
    )
    who: ConditionText | None = Field(
        default=None, title="Für wen", description="Nur für diese Menschen"
    )


class ValidText(Strict):
    model_config = ConfigDict(title="Gültig")

    from_: Day | None = Field(
        default=None, alias="from", title="Ab", description="Erster Tag: 2026-01-01"
    )
    to: Day | None = Field(default=None, title="Bis", description="Letzter Tag: 2026-12-31")


class AbsenceText(Strict):
    model_config = ConfigDict(title="Geschlossen")

    from_: Day = Field(
        alias="from", title="Vom", description="Erster Tag, an dem niemand da ist: 2026-12-21"
    )
    to: Day = Field(title="Bis", description="Letzter Tag, an dem niemand da ist: 2027-01-02")


class ServiceText(Strict):
    model_config = ConfigDict(title="Dienst")

    id: Id = Field(title="Kennung", description="Ein Name für diesen Dienst; nie wieder ändern")
    name: ShortText = Field(title="Name", description="So steht es an der Tür")
    provider: ShortText = Field(title="Träger", description="Der Träger")
    carrier: Literal["public", "independent"] = Field(
        title="Trägerschaft",
        description="Öffentlich oder frei",
        json_schema_extra={
            "enumDescriptions": [
                "Öffentlich: Stadt, Landkreis, Land, Bund. Muss vielleicht melden",
                "Frei: Verein, Verband, Kirche",
            ]
        },
    )
    offers: list[KindId] = Field(
        min_length=1, title="Bietet", description="Arten von Diensten, z. B. [mbe, jmd]"
    )
    serves: ServesText = Field(title="Zuständig für", description="Für welches Gebiet, für wen")
    languages: list[Language] = Field(
        default=[], title="Sprachen", description="Kürzel: de, en, ru …"
    )
    shelter: Flag = Field(
        default=False, title="Schutzhaus", description="Schutzhaus: nur Telefon, nie eine Adresse"
    )
    sites: list[SiteText] = Field(
        min_length=1, title="Standorte", description="Mindestens einer, jeder mit seinem Beleg"
    )
    valid: ValidText | None = Field(
        default=None, title="Gültig", description="Nur wenn es den Dienst nicht auf Dauer gibt"
    )
    absences: list[AbsenceText] = Field(
        default=[],
        title="Geschlossen",
        description="Betriebsferien, Umzug: [{from: 2026-12-21, to: 2027-01-02}]",
    )
    deputy: DoorId | None = Field(
        default=None,
        title="Vertretung",
        description="Wird gefragt, wenn hier niemand antwortet und die Person zugestimmt hat",
    )
    review: Review | None = Field(
        default=None,
        title="Noch zu prüfen",
        description="Muss jemand noch bestätigen; danach die Zeile löschen",
    )


class HotlineText(Strict):
    model_config = ConfigDict(title="Hilfetelefon")

    id: Id = Field(title="Kennung", description="Ein Name für diese Nummer; nie wieder ändern")
    name: ShortText = Field(title="Name", description="Wie das Angebot heißt")
    phone: ShortText | None = Field(
        default=None, title="Telefon", description="So, wie man wählt: 116 016"
    )
    website: Url | None = Field(
        default=None, title="Internet", description="Mit https:// am Anfang"
    )
    pictogram: ShortText = Field(title="Bildzeichen", description="Steht vor dem Namen")
    what: Text = Field(title="Was ist das?", description="Wer hilft hier wem? Ein Satz")
    hours: ShortText = Field(
        title="Zeiten", description="Schreibweise von OpenStreetMap: 24/7 heißt immer"
    )
    free: Flag = Field(default=True, title="Kostenlos", description="Der Anruf kostet nichts")
    languages: list[Language] = Field(
        default=[], title="Sprachen", description="Kürzel: de, en, ru …"
    )
    emergency: Flag = Field(
        default=False, title="Notfall", description="Steht auf der Notfallseite"
    )
    type: Literal["hotline", "online_advice"] = Field(
        default="hotline",
        title="Art",
        description="Anruf oder Internet; ohne Angabe: hotline",
        json_schema_extra={"enumDescriptions": ["Man ruft an", "Man schreibt im Internet"]},
    )
    when: ConditionText = Field(
        title="Wann", description="Wann diese Nummer vor der ersten Tür steht"
    )
    caution: Text | None = Field(
        default=None, title="Vorsicht", description="Was man vorher wissen muss"
    )
    caution_when: ConditionText | None = Field(
        default=None, title="Vorsicht, wann", description="Wem die Warnung gezeigt wird"
    )
    evidence: EvidenceText = Field(title="Beleg", description="Worauf diese Angaben beruhen")
    confirmed: ConfirmedText | None = Field(
        default=None,
        title="Bestätigt",
        description="Wann die Stelle selbst es bestätigt hat; null: noch nie",
    )


class OperatorText(Strict):
    """Who answers for the data; empty until somebody runs the bot."""

    model_config = ConfigDict(title="Betreiber")

    name: str = Field(default="", title="Name", description="Wer den Bot betreibt")
    address: str = Field(default="", title="Anschrift", description="Für Post")
    email: str = Field(default="", title="E-Mail", description="Für Fragen zum Datenschutz")
    phone: str = Field(default="", title="Telefon", description="Für Fragen")
    privacy_officer: str = Field(
        default="", title="Datenschutz", description="Name oder Stelle des Datenschutzes"
    )
    supervisor: str = Field(default="", title="Aufsicht", description="Wo man sich beschweren kann")


class RegionText(Strict):
    model_config = ConfigDict(title="Region")

    id: Id = Field(title="Kennung", description="Ein Name für die Region; nie wieder ändern")
    name: ShortText = Field(title="Name", description="So heißt die Region auf dem Bildschirm")
    time_zone: ShortText = Field(title="Zeitzone", description="Für Öffnungszeiten: Europe/Berlin")
    holidays: State = Field(title="Feiertage", description="Landeskürzel für Feiertage: BB")
    operator: OperatorText = Field(title="Betreiber", description="Wer für die Daten einsteht")
    languages: list[Language] = Field(
        title="Sprachen", description="In denen der Bot spricht, in dieser Reihenfolge"
    )
    rules: list[RuleFile] = Field(
        title="Regeln", description="Die Regeldateien, in der Reihenfolge des Vorrangs"
    )
    services: list[ServiceFile] = Field(
        title="Dienste", description="Die Dateien mit Diensten, eine für jeden Landkreis"
    )
    complete: list[DistrictKey] = Field(
        default=[],
        title="Vollständig",
        description="Landkreise, von denen jemand sicher weiß, dass nichts fehlt",
    )
