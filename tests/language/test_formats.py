"""Days, times, lists and names as the people who read them write them (CLDR)."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.hours import OpenDay
from bot.language import formats
from bot.message import Span, Style

LANGUAGES = ("de", "en", "uk", "ar", "fa", "ru")
TUESDAY = date(2026, 11, 24)
MORNING = (time(9), time(12))
AFTERNOON = (time(13), time(18))


def days(hours):
    """Seven days from a Tuesday on; `hours` by weekday, Monday is 0."""
    week = (TUESDAY + timedelta(days=n) for n in range(7))
    return [OpenDay(day, hours.get(day.weekday(), ())) for day in week]


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("de", "Dienstag"),
        ("en", "Tuesday"),
        ("uk", "вівторок"),
        ("ar", "الثلاثاء"),
        ("fa", "سه\u200cشنبه"),
        ("ru", "вторник"),
    ],
)
def test_a_day_has_its_name_in_every_language(language, name):
    assert formats.weekday(TUESDAY, language) == name


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "24. November 2026"),
        ("en", "24 November 2026"),
        ("uk", "24 листопада 2026\u202fр."),
        ("ar", "24 نوفمبر 2026"),
        ("fa", "24 نوامبر 2026"),
        ("ru", "24 ноября 2026\u202fг."),
    ],
)
def test_a_date_is_written_out_with_the_digits_that_stand_on_german_doors(language, text):
    assert formats.short_date(TUESDAY, language) == text


@pytest.mark.parametrize(
    "moment", [time(9, 5), datetime.fromisoformat("2026-11-24T09:05:00+01:00")]
)
def test_a_time_is_written_as_on_the_door(moment):
    assert formats.clock(moment) == "09:05"


@pytest.mark.parametrize(
    ("language", "weekdays", "friday"),
    [
        ("de", "Mo.–Do.", "Fr."),
        ("en", "Mon–Thu", "Fri"),
        ("uk", "пн–чт", "пт"),
        ("ru", "пн–чт", "пт"),
    ],
)
def test_neighbours_with_the_same_hours_stand_together_monday_first(language, weekdays, friday):
    same = dict.fromkeys(range(4), (MORNING, AFTERNOON))
    assert formats.week(days({**same, 4: (MORNING,)}), language) == [
        (weekdays, "09:00–12:00, 13:00–18:00"),
        (friday, "09:00–12:00"),
    ]


@pytest.mark.parametrize(("language", "monday"), [("ar", "الاثنين"), ("fa", "دوشنبه")])
def test_hours_are_isolated_where_text_runs_from_right_to_left(language, monday):
    assert formats.week(days({0: (MORNING,)}), language) == [
        (monday, "\u206609:00–12:00\u2069"),
    ]


def test_a_closed_day_in_between_parts_the_week():
    assert [row for row, _ in formats.week(days({0: (MORNING,), 2: (MORNING,)}), "en")] == [
        "Mon",
        "Wed",
    ]
    assert formats.week(days({}), "en") == []


@given(st.dictionaries(st.integers(0, 6), st.sampled_from([(), (MORNING,), (AFTERNOON,)])))
def test_a_week_shows_every_open_day_once(hours):
    names = [formats.week(days({n: (MORNING,)}), "en")[0][0] for n in range(7)]
    told = {}
    for row, spans in formats.week(days(hours), "en"):
        first, _, last = row.partition("–")
        for n in range(names.index(first), names.index(last or first) + 1):
            assert n not in told
            told[n] = spans
    assert told == {
        n: f"{formats.clock(one[0][0])}–{formats.clock(one[0][1])}"
        for n, one in hours.items()
        if one
    }


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("de", "Deutsch, Englisch und Ukrainisch"),
        ("en", "German, English and Ukrainian"),
        ("uk", "німецька, англійська і українська"),
        ("ar", "الألمانية والإنجليزية والأوكرانية"),
        ("fa", "آلمانی،\u200f انگلیسی، و اوکراینی"),
        ("ru", "немецкий, английский и украинский"),
    ],
)
def test_languages_are_named_and_listed_in_the_language_of_the_reader(language, names):
    assert formats.language_names(["de", "en", "uk"], language) == names


def test_a_list_may_be_short_and_a_language_unknown():
    assert formats.listed([], "de") == ""
    assert formats.listed(["a"], "ar") == "a"
    assert formats.language_names(["xx-yy"], "de") == "xx-yy"


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("de", "Deutsch"),
        ("en", "English"),
        ("uk", "Українська"),
        ("ar", "العربية"),
        ("fa", "فارسی"),
        ("ru", "Русский"),
    ],
)
def test_a_language_is_called_what_its_speakers_call_it(language, name):
    assert formats.autonym(language) == name


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_text_in_a_right_to_left_language_gets_isolates(language):
    isolated = formats.is_right_to_left(language)
    assert isolated == (language in ("ar", "fa"))
    phone = "+49 3546 1234"
    assert formats.isolate(phone, language) == (f"\u2066{phone}\u2069" if isolated else phone)
    assert formats.isolate("", language) == ""


@given(st.lists(st.sampled_from("ab \u2066\u2067\u2068\u2069"), max_size=30).map("".join))
def test_what_is_cut_off_leaves_no_isolate_open(text):
    whole = formats.shortened(text, 40)
    assert whole == text
    cut = formats.shortened(f"{text}{'c' * 40}", 20)
    open_now = 0
    for letter in cut.removesuffix("…"):
        open_now += letter in "\u2066\u2067\u2068"
        open_now -= letter == "\u2069" and open_now > 0
    assert open_now == 0
    assert cut.endswith("…")


def test_a_name_that_is_cut_off_stays_isolated_with_its_dots_behind():
    name = "\u2066Königs Wusterhausen\u2069"
    assert formats.shortened(f"✏️ {name}", 13) == "✏️ \u2066Königs W\u2069…"
    assert formats.shortened(f"✏️ {name}", 5) == "✏️…"


SPANS = (Span("Potsdam\n", Style.BOLD), Span("1. "), Span("Link", url="https://a.de"), Span("\n"))


@pytest.mark.parametrize("language", ["de", "en", "uk", "ru"])
def test_spans_stay_as_they_are_where_text_runs_from_left_to_right(language):
    assert formats.in_reading_direction(SPANS, language) == SPANS


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_each_line_begins_with_a_mark_where_text_runs_from_right_to_left(language):
    marked = formats.in_reading_direction(SPANS, language)
    assert [span.style for span in marked] == [span.style for span in SPANS]
    assert marked[2].url == "https://a.de"
    text = "".join(span.text for span in marked)
    assert text.replace("\u200f", "") == "Potsdam\n1. Link\n"
    assert all(line.startswith("\u200f") for line in text.splitlines())
