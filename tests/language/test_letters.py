"""Letters about a case are whole in every language, and say nothing to whoever must not read it."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core import buttons, desk
from bot.core.desk import Refusal, Tap, Verb
from bot.core.letters import CardView, DetailsView, FarewellView, StatusView, ToGroup, letters
from bot.core.move import Reply
from bot.core.referral import (
    Answer,
    Card,
    Contact,
    Decline,
    Ended,
    Ending,
    Page,
    Referral,
    Said,
    Taken,
    Template,
    Waiting,
)
from bot.core.team_views import Line, QueueView, WelcomeView, Word
from bot.language import formats
from bot.language.rendering import Renderer
from tests.language.test_direction import FIRST, ISOLATED, LAST, ORDERED, RIGHT_TO_LEFT
from tests.language.test_screens import COMFORTABLE, GAP, LANGUAGES, RIGHT_TO_LEFT_MARK, texts
from tests.language.views import (
    APPOINTMENT,
    CODE,
    COUNSELLOR,
    GONE,
    NOW,
    PHONE,
    WAITING,
    details,
    of_case,
    of_person,
    of_team,
    services,
    whole_card,
)

SHOWN_BY_A_PHONE = 60
"""Characters of a new message, while somebody else looks on."""
SENSITIVE = {
    "de": r"asyl|migra|berat|duldung|flücht|abschieb|gewalt|ausländ|papier|behörde|hilfe|amt\b",
    "en": r"asyl|migra|advi[cs]e|counsel|refugee|deport|violen|foreign|papers|office|help",
    "uk": r"притул|мігра|консульт|біжен|депорт|насил|інозем|документ|служб|допомо|звернен",
    "ar": r"لجوء|هجر|استشار|مستشار|لاجئ|ترحيل|عنف|أجانب|أوراق|مكتب|مساعد|طلب",
    "fa": r"پناه|مهاجر|مشاور|اخراج|خشونت|خارجی|مدارک|مرکز|کمک|درخواست",
    "ru": r"убеж|мигра|консульт|бежен|депорт|насил|иностран|документ|служб|помощ|обращен",
}
"""What tells about somebody's situation."""

every_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def written(renderer: Renderer, book):
    """Language -> every letter: what it is about, and what stands there."""
    return {
        language: [(view, renderer.letter(view, book)) for view in every_view(language, book)]
        for language in LANGUAGES
    }


def every_view(language, book):
    """Counsellors read German, whatever the person speaks."""
    yield from of_person(language, book)
    if language == "de":
        yield from of_case(book)
        yield from of_team(book)


def to_people(letters):
    return ((view, message) for view, message in letters if isinstance(view, StatusView))


def data(message):
    return [button.data for row in message.buttons for button in row]


# -- whole ------------------------------------------------------------------------------------


@every_language
def test_every_letter_is_whole_and_fits(written, language):
    """F33, F35."""
    for view, message in written[language]:
        longest = COMFORTABLE if isinstance(view, StatusView) else 4_096
        assert 0 < len(message.plain.encode("utf-16-le")) // 2 <= longest, view
        for text in texts(message):
            assert text.strip(), view
            assert not re.search(r"[{}]|\((EN|DE)\)|\bNone\b(?! of)", text), (view, text)
            for line in text.replace(RIGHT_TO_LEFT_MARK, "").split("\n"):
                assert line == line.rstrip(), (view, line)
                assert "  " not in line.lstrip(), (view, line)
                assert not GAP.search(line), (view, line)
            assert "\n\n\n" not in text.replace(RIGHT_TO_LEFT_MARK, ""), view


@every_language
def test_every_button_of_a_letter_comes_back(written, language):
    for view, message in written[language]:
        assert sum(len(row) for row in message.buttons) <= 100, view
        for button in (button for row in message.buttons for button in row):
            assert len(button.data.encode()) <= 64, view
            if button.url:
                assert not button.data
            elif isinstance(view, StatusView):
                assert buttons.encode(buttons.decode(button.data)) == button.data
            else:
                tap = desk.decode(button.data)
                assert tap is not None, button
                assert desk.encode(tap) == button.data


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_letters_run_from_right_to_left_and_keep_names_and_numbers(
    written, renderer: Renderer, book, language
):
    for view, message in written[language]:
        assert renderer.placeholder(view, book).plain.startswith(RIGHT_TO_LEFT_MARK)
        lines = message.plain.split("\n")
        assert all(line.startswith(RIGHT_TO_LEFT_MARK) for line in lines if line), view
        labels = [button.label for row in message.buttons for button in row]
        for text in (*lines, *(one for one in labels if RIGHT_TO_LEFT.search(one))):
            assert not ORDERED.search(ISOLATED.sub("", text)), (view, text)
            assert text.count(FIRST) == text.count(LAST) == len(ISOLATED.findall(text)), text
            for inside in ISOLATED.findall(text):
                assert inside.strip(), text
                assert not RIGHT_TO_LEFT.search(inside), text


def test_what_counsellors_are_told_at_once_fits_on_a_phone(renderer: Renderer, book):
    for what in (*Reply, *Refusal, *Word):
        said = renderer.said(what, book)
        assert 0 < len(said) <= 200, what
        assert not re.search(r"[{}]|\((EN|DE)\)", said), what
    assert renderer.said(Reply.SOMEBODY_ELSE, book).endswith("Danke!")


@every_language
def test_the_button_for_the_number_speaks_the_language(renderer: Renderer, book, language):
    said = renderer.phone_button(language, book)
    assert 3 < len(said) <= 40
    assert "(EN)" not in said


# -- what a phone shows while somebody looks on -------------------------------------------------


@every_language
def test_the_first_words_of_a_letter_tell_nothing(written, language):
    letters = to_people(written[language])
    beginnings = {message.plain[:SHOWN_BY_A_PHONE] for _view, message in letters}
    assert len(beginnings) == 1
    assert not re.search(SENSITIVE[language], beginnings.pop(), re.IGNORECASE)


@every_language
def test_a_placeholder_tells_nothing(renderer: Renderer, book, language):
    said = {renderer.placeholder(view, book) for view in of_person(language, book)}
    assert len(said) == 1
    only = said.pop()
    assert not only.buttons
    assert not re.search(SENSITIVE[language], only.plain, re.IGNORECASE)
    for kind in (CardView, DetailsView, FarewellView):
        views = (view for view in of_case(book) if isinstance(view, kind))
        assert len({renderer.placeholder(view, book) for view in views}) == 1
    assert renderer.placeholder(next(of_case(book)), book).plain == (
        "Neue Anfrage. Einzelheiten folgen."
    )


@every_language
def test_a_demonstration_says_so_first(renderer: Renderer, book, language):
    demo = replace(renderer, demonstration=True)
    real = renderer.letter(replace(WAITING, language=language), book).plain
    view = replace(WAITING, language=language)
    first = demo.letter(view, book).plain.removesuffix(real)
    assert len(first.strip()) > 10
    assert demo.placeholder(view, book).plain.startswith(first)
    if language == "de":
        for view in every_view(language, book):
            for message in (demo.letter(view, book), demo.placeholder(view, book)):
                assert message.plain.startswith("Demonstration – keine echte Anfrage\n"), view


# -- who reads what -----------------------------------------------------------------------------


def test_the_group_reads_nothing_of_what_is_for_the_one_who_takes_it(renderer: Renderer, book):
    """Whatever stands in that part, in whatever stage the case is."""
    whole = whole_card(book)
    stages = (
        Waiting(NOW),
        Taken(COUNSELLOR, NOW, contact=Contact.REACHED, phone=PHONE),
        *(Ended(how, NOW, Decline.NO_LANGUAGE, COUNSELLOR) for how in Ending),
    )
    for service, stage in ((service, stage) for service in services(book) for stage in stages):
        referral = Referral(
            CODE, 5_550_123, "uk", service, whole, NOW, stage, exchange=(APPOINTMENT,)
        )
        for letter in letters(referral, book, NOW).values():
            if not isinstance(letter.to, ToGroup):
                continue
            said = "\n".join(texts(renderer.letter(letter.view, book)))
            for question, option in whole.claimer:
                fact = book.texts.get(f"option.{question}.{option}.fact", f"{question}: {option}")
                assert fact not in said, (stage, fact)
            for number in (str(COUNSELLOR), "5550123", PHONE, "30. November"):
                assert number not in said, stage


def test_a_card_that_is_settled_is_one_line_without_buttons(renderer: Renderer, book):
    for view in of_case(book):
        if isinstance(view, CardView) and not isinstance(view.stage, Waiting):
            message = renderer.letter(view, book)
            assert message.plain.startswith(f"{CODE}: ")
            assert "\n" not in message.plain.strip()
            assert not message.buttons


def test_a_card_names_first_why_somebody_cannot_wait(renderer: Renderer, book):
    view = CardView(CODE, GONE, whole_card(book).group, NOW, Waiting(NOW))
    lines = renderer.letter(view, book).plain.strip().split("\n")
    assert lines == [
        f"📨 Neue Anfrage {CODE}",
        "🔴 dringende Notlage",
        "🔴 Gewalt oder Bedrohung",
        "🔴 unter 18 Jahren und ohne Eltern hier",
        "Sprache: Ukrainisch",
        "Landkreis oder Stadt: Dahme-Spreewald",
        "Thema: Arbeit und Anerkennung von Abschlüssen",
        f"An: {GONE}",
        "wartet seit Di, 24.11., 14:00",
    ]


def test_one_tap_alone_declines_nothing(renderer: Renderer, book):
    view = CardView(CODE, GONE, (), NOW, Waiting(NOW))
    assert data(renderer.letter(view, book)) == [f"k:{CODE}:claim", f"k:{CODE}:decline"]
    asked = renderer.letter(replace(view, stage=Waiting(NOW, declining=True)), book)
    reasons = [f"k:{CODE}:decline:{reason}" for reason in Decline]
    assert data(asked) == [*reasons, f"k:{CODE}:decline:back"]


def test_a_list_tells_how_old_a_request_is_and_opens_only_what_can_be_taken(
    renderer: Renderer, book
):
    free, taken, mine = (
        Line(code, GONE, NOW - timedelta(days=days), mine=code == "MINE", taken=code != "FREE")
        for days, code in ((2, "FREE"), (3, "TAKEN"), (1, "MINE"))
    )
    message = renderer.letter(QueueView((free, taken, mine), NOW), book)
    said = message.plain
    assert (
        said.index("TAKEN: übernommen") < said.index("FREE: frei") < said.index("MINE: bei Ihnen")
    )
    assert "seit So, 22.11., 14:00 (2 Tage)" in said
    assert data(message) == ["k:FREE:claim", "k:MINE:claim"]


def test_a_group_where_strangers_read_along_is_told_first(renderer: Renderer, book):
    for view in of_team(book):
        if isinstance(view, WelcomeView):
            message = renderer.letter(view, book)
            assert ("🔴" in message.plain) == (view.danger is not None)
            joins = [one for one in data(message) if one.endswith(":join")]
            assert joins == [f"k:{service}:join" for service in view.services[:1]]


# -- what the person can do ---------------------------------------------------------------------


@every_language
def test_help_and_the_way_out_stand_on_every_letter(written, language):
    for view, message in to_people(written[language]):
        assert [button.data for button in message.buttons[-1]] == ["h", "x"]
        assert (f"u:{CODE}" in data(message)) == (view.ended is None)


def test_a_message_is_answered_once_and_in_a_way_that_fits(renderer: Renderer, book):
    taken = replace(WAITING, waits=False, contact=Contact.NONE)
    asked = renderer.letter(replace(taken, said=APPOINTMENT), book)
    assert [one for one in data(asked) if one.startswith("p:")] == [
        f"p:{CODE}:{answer}" for answer in Answer
    ]
    called = renderer.letter(replace(taken, said=Said(Template.CALL_US, NOW)), book)
    assert [one for one in data(called) if one.startswith("p:")] == [f"p:{CODE}:call_me"]
    answered = replace(APPOINTMENT, answer=Answer.COME)
    message = renderer.letter(replace(taken, said=answered), book)
    assert not [one for one in data(message) if one.startswith("p:")]
    assert "Ihre Antwort: 👍 Ich komme" in message.plain


@every_language
def test_an_appointment_stands_in_both_languages_with_its_address(
    renderer: Renderer, book, language
):
    service = services(book)[0]
    taken = replace(WAITING, language=language, service=service, waits=False, said=APPOINTMENT)
    said = renderer.letter(replace(taken, contact=Contact.NONE), book).plain
    assert said.count("📅 Termin: Montag, 30. November, 09:30 Uhr") == 1
    assert formats.weekday(APPOINTMENT.day, language) in said
    assert book.services[service].sites[0].address.street in said


def test_the_address_of_a_shelter_is_never_said(renderer: Renderer, book):
    known = book.services[services(book)[0]]
    shelters = {**book.services, known.id: replace(known, shelter=True)}
    safe = replace(book, services=shelters)
    street = known.sites[0].address.street
    taken = replace(WAITING, service=known.id, waits=False, contact=Contact.NONE)
    view = replace(taken, said=APPOINTMENT)
    assert street in renderer.letter(view, book).plain
    assert street not in renderer.letter(view, safe).plain


@every_language
def test_whom_nobody_answers_is_told_what_to_do(renderer: Renderer, book, language):
    service = services(book)[0]
    late = replace(WAITING, language=language, service=service, is_late=True)
    message = renderer.letter(late, book)
    phones = [phone for site in book.services[service].sites for phone in site.phones]
    assert phones
    assert all(message.plain.count(phone) == 1 for phone in set(phones))
    assert {f"g:{service}", f"l:{language}"} <= set(data(message))


def test_the_clock_is_honest(renderer: Renderer, book):
    soon = replace(WAITING, told_by=NOW + timedelta(days=1))
    clock = "Bis Mittwoch, 25. November, 14:00 Uhr"
    assert clock in renderer.letter(soon, book).plain
    assert clock in renderer.letter(replace(soon, is_late=True, deputy=GONE), book).plain
    assert "November" not in renderer.letter(WAITING, book).plain


@every_language
def test_a_suggestion_is_decided_by_the_person(written, language):
    for view, message in to_people(written[language]):
        if view.suggestion is not None:
            service = view.suggestion.service
            assert {f"c:{service}", f"n:{service}"} <= set(data(message))


@every_language
def test_every_ending_is_told_in_its_own_words(written, language):
    said = {
        (view.ended.how, view.ended.reason): message.plain
        for view, message in to_people(written[language])
        if view.ended is not None and view.service == GONE
    }
    assert len(set(said.values())) == len(said) == len(Ending) + len(Decline)


# -- what the counsellor can do -----------------------------------------------------------------


def main_page(book):
    return next(view for view in details(GONE, book) if view.stage.desk is Page.MAIN)


def test_the_counsellor_reads_both_parts(renderer: Renderer, book):
    said = renderer.letter(main_page(book), book).plain
    card = whole_card(book)
    for name, option in (*card.group[2:3], *card.claimer):
        assert book.texts.get(f"option.{name}.{option}.fact", f"{name}: {option}") in said


def test_the_main_page_offers_everything_that_can_be_done(renderer: Renderer, book):
    verbs = (
        Verb.SAY,
        Verb.REACHED,
        Verb.UNREACHED,
        Verb.FORWARD,
        Verb.RELEASE,
        Verb.DECLINE,
        Verb.DONE,
    )
    view = main_page(book)
    every = [desk.encode(Tap(CODE, verb)) for verb in verbs]
    assert data(renderer.letter(view, book)) == every
    # Who cannot be reached cannot be written to.
    assert data(renderer.letter(replace(view, unreachable=True), book)) == every[1:]


def test_every_other_page_leads_back(renderer: Renderer, book):
    for view in details(services(book)[0], book):
        if view.stage.desk is not Page.MAIN:
            assert data(renderer.letter(view, book))[-1] == f"k:{CODE}:claim"


def test_nobody_is_urged_who_has_done_something(renderer: Renderer, book):
    untouched = replace(main_page(book), nudged=True)
    assert "🔔" in renderer.letter(untouched, book).plain
    reached = replace(untouched.stage, contact=Contact.REACHED)
    assert "🔔" not in renderer.letter(replace(untouched, stage=reached), book).plain
    assert "🔔" not in renderer.letter(replace(untouched, exchange=(APPOINTMENT,)), book).plain


def test_a_card_from_another_edition_is_still_exact(renderer: Renderer, book):
    """What has lost its words is told by its ids, not left out."""
    card = Card((("place", "99999"), ("concern", "gone")), (("gone", "too"),))
    said = renderer.letter(replace(main_page(book), card=card), book).plain
    assert all(line in said for line in ("99999", "concern: gone", "gone: too"))
