"""What counsellors may write in questions.yaml, types.yaml and rules/*.yaml.

Field texts are German, since those who read them in their editor are counsellors.
"""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from bot.content.fields import (
    Day,
    Flag,
    Id,
    KindId,
    OptionId,
    QuestionId,
    Review,
    ShortText,
    Strict,
    Text,
    Url,
)

AllPublic = Annotated[Literal["public"], Field(description="Alle öffentlichen Stellen")]
Role = Annotated[
    Literal["lead", "also", "partner"],
    Field(
        json_schema_extra={
            "enumDescriptions": [
                "Die erste Tür: dahin geht der Mensch zuerst. Eine Behörde führt nie",
                "Eine weitere Tür des Migrationsfachdienstes",
                "Eine Tür außerhalb des Migrationsfachdienstes",
            ]
        }
    ),
]


class ConditionText(Strict):
    """Exactly one of: `question` with `is`, `all`, `any`, `not`."""

    model_config = ConfigDict(title="Bedingung")

    question: QuestionId | None = Field(
        default=None, title="Frage", description="Die Kennung einer Frage aus questions.yaml"
    )
    is_: list[OptionId] | None = Field(
        default=None,
        alias="is",
        min_length=1,
        title="Antwort",
        description="Eine dieser Antworten; bei Fragen mit mehreren Antworten: mindestens eine",
    )
    all: list["ConditionText"] | None = Field(
        default=None, min_length=1, title="alle", description="Alle diese Bedingungen treffen zu"
    )
    any: list["ConditionText"] | None = Field(
        default=None,
        min_length=1,
        title="mindestens eine",
        description="Mindestens eine dieser Bedingungen trifft zu",
    )
    not_: "ConditionText | None" = Field(
        default=None, alias="not", title="nicht", description="Diese Bedingung trifft nicht zu"
    )


class LaterText(Strict):
    """What an answer becomes one day."""

    model_config = ConfigDict(title="Später")

    option: OptionId = Field(
        title="Antwort", description="Die Antwort derselben Frage, die dann gilt"
    )
    text: ShortText = Field(
        title="Wann", description="Wann es so weit ist, ohne Person: „Ab dem 27. Geburtstag“"
    )
    event: Flag = Field(
        default=False,
        title="Ereignis",
        description="Kein Tag im Kalender: Es kommt vielleicht nie",
    )


class OptionText(Strict):
    model_config = ConfigDict(title="Antwort")

    id: Id = Field(
        title="Kennung", description="Damit nennen die Regeln diese Antwort; nie wieder ändern"
    )
    pictogram: ShortText = Field(
        title="Bildzeichen", description="Ein Bildzeichen, das auch ohne Lesen verstanden wird"
    )
    text: ShortText = Field(title="Knopf", description="So steht es auf dem Knopf")
    fact: ShortText | None = Field(
        default=None,
        title="Tatsache",
        description="Die Tatsache ohne Person („ab 27 Jahren“), für Übersicht und Schalterblatt",
    )
    explain: Text | None = Field(
        default=None, title="Erklärung", description="Ein Satz, wenn das Wort schwer ist"
    )
    ask: ConditionText | None = Field(
        default=None, title="Wann fragen", description="Nur dann danach fragen"
    )
    alone: ConditionText | None = Field(
        default=None,
        title="Wann allein",
        description="Dann vor allem anderen und allein gefragt; braucht drei weitere Texte",
    )
    text_alone: Text | None = Field(
        default=None, title="Frage, allein", description="Die Frage, wenn sie allein steht"
    )
    yes_alone: ShortText | None = Field(
        default=None, title="Ja, allein", description="Der Knopf für Ja, allein gefragt"
    )
    no_alone: ShortText | None = Field(
        default=None, title="Nein, allein", description="Der Knopf für Nein, allein gefragt"
    )
    later: LaterText | None = Field(
        default=None,
        title="Später",
        description="Was daraus wird; damit sagt der Bot, welche Stelle dann hilft",
    )


class QuestionText(Strict):
    model_config = ConfigDict(title="Frage")

    id: Id = Field(
        title="Kennung", description="Damit nennen die Regeln diese Frage; nie wieder ändern"
    )
    kind: Literal["one", "several", "place"] = Field(
        default="one",
        title="Art der Frage",
        description="Wie geantwortet wird; ohne Angabe: one",
        json_schema_extra={
            "enumDescriptions": [
                "Genau eine Antwort",
                "Mehrere Antworten auf einer Seite, jede ja oder nein",
                "Ein Ort; nur die Frage `place`",
            ]
        },
    )
    text: Text = Field(title="Frage", description="Die Frage an die Person selbst, mit „Sie“")
    text_other: Text | None = Field(
        default=None,
        title="Frage über andere",
        description="Dieselbe Frage über ein Kind oder eine andere Person",
    )
    why: Text = Field(title="Warum", description="Warum fragen wir das? Ein bis zwei Sätze")
    short: ShortText | None = Field(
        default=None,
        title="Kurz",
        description="Wonach wir fragen, in ein bis drei Wörtern: „Alter“",
    )
    ask: ConditionText | None = Field(
        default=None,
        title="Wann fragen",
        description="Nur dann danach fragen; nennt nur Fragen, die weiter oben stehen",
    )
    depends: list[QuestionId] = Field(
        default=[],
        title="Hängt ab von",
        description="Ändert sich eine dieser Antworten, gilt diese nicht mehr",
    )
    options: list[OptionText] = Field(
        default=[],
        title="Antworten",
        description="Die Knöpfe, in dieser Reihenfolge; „weiß ich nicht“ kommt von selbst dazu",
    )


class FinderText(Strict):
    """What to do where no entry is known."""

    model_config = ConfigDict(title="Verzeichnis")

    name: ShortText = Field(title="Name", description="Wie das Verzeichnis heißt")
    url: Url = Field(title="Adresse", description="Nur die Startseite: tiefe Links veralten")
    type_in: ShortText = Field(
        title="Was eingeben", description="Was man dort eingibt oder anklickt"
    )


class ServiceTypeText(Strict):
    model_config = ConfigDict(title="Art von Stelle")

    id: Id = Field(
        title="Kennung", description="Damit nennen Regeln und Dienste diese Art; nie wieder ändern"
    )
    name: ShortText = Field(title="Name", description="Der deutsche Name, wie er an der Tür steht")
    plain: ShortText = Field(title="Einfach gesagt", description="Dasselbe in einfachen Worten")
    pictogram: ShortText = Field(title="Bildzeichen", description="Steht vor dem Namen")
    member: Flag = Field(
        title="Migrationsfachdienst", description="Gehört zum Migrationsfachdienst"
    )
    authority: Flag = Field(default=False, title="Behörde", description="Eine Behörde: führt nie")
    public: Flag = Field(
        default=False,
        title="Öffentliche Stelle",
        description="Öffentliche Stelle: muss vielleicht melden",
    )
    reach: Literal["regional", "statewide", "national"] = Field(
        title="Reichweite",
        description="Für welches Gebiet eine Stelle dieser Art da ist",
        json_schema_extra={
            "enumDescriptions": [
                "Für einen Landkreis oder eine Gemeinde: Dann wird nach dem Ort gefragt",
                "Für ganz Brandenburg",
                "Für ganz Deutschland",
            ]
        },
    )
    what: Text = Field(title="Was ist das?", description="Was ist das? Ein bis drei Sätze")
    happens: Text = Field(title="Was passiert dort?", description="Was passiert dort?")
    bring: list[ShortText] = Field(title="Mitbringen", description="Was bringt man mit?")
    cost: Text = Field(title="Kosten", description="Kostet es etwas? Ist es vertraulich?")
    note: Text | None = Field(
        default=None, title="Hinweis", description="Ein wichtiger Hinweis auf der Karte"
    )
    say: Text = Field(
        title="Satz zum Sagen",
        description="Ein Satz, den man am Telefon oder am Schalter sagt (deutsch)",
    )
    finder: FinderText = Field(
        title="Verzeichnis", description="Was zu tun ist, wo wir keine Adresse kennen"
    )


class RuleText(Strict):
    """Either `refer_to` with `role`, or `withhold`."""

    model_config = ConfigDict(title="Regel")

    id: Id = Field(title="Kennung", description="Ein Name für diese Regel; nie wieder ändern")
    refer_to: KindId | None = Field(
        default=None,
        title="Zuständig",
        description="Welche Art von Stelle zuständig ist, aus types.yaml",
    )
    role: Role | None = Field(
        default=None,
        title="Rolle",
        description="Welchen Platz diese Stelle auf der Ergebnisseite hat",
    )
    before_lead: Flag = Field(
        default=False, title="Vor der ersten Tür", description="Steht noch vor der ersten Tür"
    )
    withhold: list[KindId] | AllPublic | None = Field(
        default=None,
        title="Nie zeigen",
        description="Diese Stellen nie zeigen; public: alle öffentlichen",
    )
    except_: list[KindId] = Field(
        default=[],
        alias="except",
        title="Ausgenommen",
        description="Diese Stellen trotzdem zeigen; nur bei `withhold: public`",
    )
    when: ConditionText = Field(title="Wann", description="Für wen diese Regel gilt")
    because: ShortText = Field(
        title="Weil", description="Tatsachen, keine Person: „ab 27 Jahren · neu hier“"
    )
    source: ShortText = Field(
        title="Quelle", description="Woher, mit Abschnitt: „Handreichung 2006, 1.2 a“"
    )
    checked: Day = Field(
        title="Geprüft am", description="Wann zuletzt jemand die Quelle gelesen hat: 2026-11-22"
    )
    review: Review | None = Field(
        default=None,
        title="Noch zu prüfen",
        description="Muss jemand vom Fach noch bestätigen; danach die Zeile löschen",
    )
