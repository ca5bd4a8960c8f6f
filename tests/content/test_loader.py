from datetime import date
from pathlib import Path

import pytest

from bot.content.loader import load
from bot.core.findings import findings
from bot.core.knowledge import Book, Refer, Role, Withhold
from bot.core.logic import Is
from bot.core.questionnaire import next_question
from bot.places.gazetteer import Gazetteer

SHIPPED = Path(__file__).parents[2] / "knowledge"


def test_the_rules_are_read_in_the_order_of_the_region(book: Book):
    assert [rule.id for rule in book.rules] == [
        "hotline_violence",
        "no_papers_public",
        "mbe_everybody",
        "jobcentre_work",
    ]
    first = book.rules[0]
    assert first.then == Refer("hotline", Role.PARTNER, before_lead=True)
    assert (first.because, first.checked) == ("Gewalt oder Bedrohung", date(2026, 11, 22))


def test_public_bodies_are_withheld_except_those_named(book: Book):
    assert book.rules[1].then == Withhold(frozenset({"jobcentre"}), public_carriers=True)


def test_one_answer_is_one_fact_and_several_are_one_fact_each(book: Book):
    bits = book.alphabet.bits
    assert list(bits) == [
        "concern",
        "place",
        "for_whom",
        "age",
        "status",
        "needs.trauma",
        "needs.violence",
        "needs.unaccompanied",
    ]
    assert list(bits["place"]) == ["elsewhere", "here"]
    assert book.rules[0].when == Is(
        bits["needs.violence"]["yes"] | bits["needs.unaccompanied"]["yes"]
    )


def test_a_condition_over_all_options_is_whole(book: Book):
    whole = book.services["mbe_lake"].who
    assert isinstance(whole, Is)
    assert whole.whole
    part = book.questions["status"].ask
    assert isinstance(part, Is)
    assert not part.whole


def test_a_question_depends_on_what_its_conditions_mention(book: Book):
    depends = {name: question.depends for name, question in book.questions.items()}
    assert depends["concern"] == depends["for_whom"] == frozenset()
    assert depends["place"] == depends["age"] == {"for_whom"}
    assert depends["status"] == {"for_whom", "concern"}
    assert depends["needs"] == {"for_whom", "concern", "age"}


def test_a_service_is_read_with_all_that_its_card_shows(book: Book):
    service = book.services["mbe_lake"]
    site = service.sites[0]
    assert service.languages == ("de", "ru")
    assert not service.public
    assert site.address is not None
    assert site.address.postcode == "01234"
    assert site.phones == ("+49 3546 1234",)
    assert site.confirmed is not None
    assert site.confirmed.date == date(2026, 10, 1)
    assert (service.valid_from, service.valid_to) == (date(2024, 1, 1), date(2027, 12, 31))
    assert book.hotlines["police"].phone == "110"


def test_every_text_has_its_key(book: Book):
    texts = book.texts
    assert texts["question.age.text_other"] == "Wie alt ist die Person?"
    assert texts["option.age.18_plus.fact"] == "ab 18 Jahren"
    assert texts["option.concern.work.fact"] == "Arbeit"
    assert texts["option.needs.unaccompanied.no_alone"] == "Mit Mutter oder Vater hier"
    assert texts["type.mbe.bring.1"] == "Briefe vom Amt"
    assert texts["type.mbe.finder_type_in"] == "Den Namen der Stelle eingeben"
    assert texts["rule.mbe_everybody.because"] == "ab 18 Jahren"
    assert texts["service.mbe_lake.provider"] == "Verein am See e. V."
    assert texts["hotline.police.caution"] == "Die Polizei kann nach Papieren fragen."
    assert texts["region.smallland.name"] == "Kleinland"
    assert "question.concern.text_other" not in texts


def test_the_edition_changes_with_every_letter(folder, book: Book):
    assert folder.load().edition == book.edition
    folder.edit("rules/base.yaml", "because: Arbeit", "because: Arbeit und Lohn")
    assert folder.load().edition != book.edition


def test_the_core_works_with_what_was_read(book: Book):
    assert next_question({"for_whom": "self"}, book) is not None
    found = findings({"for_whom": "self", "age": "18_plus", "place": "12061316"}, book)
    assert found.lead is not None
    assert found.lead.service_type == "mbe"


@pytest.fixture(scope="module")
def shipped() -> Book:
    places = Gazetteer(SHIPPED / "places")
    return load(SHIPPED, places.districts, places.municipalities)


def test_the_shipped_knowledge_is_good(shipped: Book):
    assert len(shipped.rules) >= 40
    assert len(shipped.services) >= 60
    assert any(hotline.emergency for hotline in shipped.hotlines.values())


def test_no_shipped_shelter_shows_an_address(shipped: Book):
    sites = [s for service in shipped.services.values() if service.shelter for s in service.sites]
    assert sites
    assert all(site.address is None and site.phones for site in sites)


def test_every_shipped_kind_of_service_has_a_directory_and_a_sentence(shipped: Book):
    for name, kind in shipped.types.items():
        assert kind.finder.url.startswith("https://"), name
        assert shipped.texts[f"type.{name}.say"]
        assert shipped.texts[f"type.{name}.finder_type_in"]
