"""Screens with doors: the result, one door in full, the German screen for the desk, help now."""

from urllib.parse import quote_plus

from bot.core import events
from bot.core.case import DONT_KNOW
from bot.core.events import Menu
from bot.core.responsibility import Door, Ground
from bot.core.screens import (
    Card,
    DeskBody,
    DoorBody,
    FinderCard,
    HumanBody,
    OfficesBody,
    ResultBody,
    ServiceCard,
)
from bot.language import formats
from bot.language.cards import card_name, finder, hotline, hours_now, reach, service
from bot.language.keyboards import Row, columns
from bot.language.speaker import Speaker
from bot.message import Button, Style, Writer


def result(body: ResultBody, speaker: Speaker, out: Writer) -> list[Row]:
    _ = speaker.say
    for card in body.first:
        show(card, speaker, out)
        out.line()
    if body.lead is not None:
        if body.sure and body.lead.door.ground is not Ground.FINDER:
            out.line(_("✅ This office is responsible for you:"), Style.BOLD)
        elif body.sure:
            out.line(_("✅ This kind of office is responsible for you:"), Style.BOLD)
        else:
            out.line(
                _("🔎 This office is probably right. They can also tell you who is:"), Style.BOLD
            )
        out.line()
        show(body.lead, speaker, out)
        if body.call_today is not None:
            _call_today(body.call_today, speaker, out)
        # Facts that nobody has said would be read as ours.
        if body.rule is not None and body.sure:
            reasons = speaker.text(f"rule.{body.rule.id}.because")
            out.line()
            out.line(_("Why this office: {reasons}").format(reasons=reasons), Style.ITALIC)
    if body.old_door is not None:
        _handover(body.old_door, speaker, out)
    return [*_actions(body, speaker), *_doors(body.others, speaker), *_more(body, speaker)]


def _handover(old_door: str, speaker: Speaker, out: Writer) -> None:
    _ = speaker.say
    out.line()
    out.line(_("🔁 Your answers have changed. Now this office is responsible for you."), Style.BOLD)
    out.line(_("This office has your request: {office}").format(office=speaker.office(old_door)))
    out.line(_("You can hand it over now."))


def _call_today(card: ServiceCard, speaker: Speaker, out: Writer) -> None:
    _ = speaker.say
    name = card_name(card.door, speaker)
    out.line()
    out.line(_("Or call {office}. They can tell you more:").format(office=name))
    for one in card.sites:
        for phone in one.site.phones:
            out.line(f"☎️ {speaker.isolate(phone)}")
        if one.now is not None:
            out.line(hours_now(one.now, speaker))


def show(card: Card, speaker: Speaker, out: Writer) -> None:
    match card:
        case ServiceCard():
            service(card, speaker, out)
        case FinderCard():
            finder(card, speaker, out)
        case _:
            hotline(card, speaker, out)


def _actions(body: ResultBody, speaker: Speaker) -> list[Row]:
    if body.lead is None:
        return []
    rows = _card_actions(body.lead, speaker, details=True)
    return [*_hand_over(body.lead, speaker), *rows] if body.can_hand_over else rows


def _hand_over(card: Card, speaker: Speaker) -> list[Row]:
    _ = speaker.say
    asked = events.AskedToHandOver(card.door.id)
    return [(speaker.button(_("📨 Hand this over"), asked),)]


def _card_actions(card: Card, speaker: Speaker, *, details: bool) -> list[Row]:
    _ = speaker.say
    rows: list[Row] = []
    if details:
        rows.append((speaker.button(_("ℹ️ What happens there?"), events.OpenedDoor(card.door.id)),))
    rows.append((speaker.button(_("🪧 Show this at the desk"), events.OpenedDesk(card.door.id)),))
    links = _links(card, speaker)
    if links:
        rows.extend(columns(links))
    return rows


def _links(card: Card, speaker: Speaker) -> list[Button]:
    _ = speaker.say
    if isinstance(card, FinderCard):
        return [Button(_("🔎 Open the directory"), "", card.kind.finder.url)]
    if not isinstance(card, ServiceCard):
        return []
    links = []
    site = card.sites[0].site
    if site.address is not None:
        parts = (site.address.street, site.address.postcode, site.address.town)
        where = quote_plus(", ".join(part for part in parts if part))
        map_url = f"https://www.openstreetmap.org/search?query={where}"
        links.append(Button(_("🗺️ Map and route"), "", map_url))
    if site.website is not None:
        links.append(Button(_("🌍 Website"), "", site.website))
    return links


def _doors(doors: tuple[Door, ...], speaker: Speaker) -> list[Row]:
    return [(door_button(door, speaker),) for door in doors]


def door_button(door: Door, speaker: Speaker) -> Button:
    pictogram = speaker.german(f"type.{door.service_type}.pictogram")
    name = card_name(door, speaker)
    return speaker.button(f"{pictogram} {name}", events.OpenedDoor(door.id))


def _more(body: ResultBody, speaker: Speaker) -> list[Row]:
    _ = speaker.say
    rows: list[Row] = []
    if body.has_more_questions:
        more = _("➕ A few more questions: there may be more help")
        rows.append((speaker.button(more, events.WantsMoreQuestions()),))
    if body.has_offices:
        rows.append((speaker.button(_("🏛️ Other offices"), events.OpenedMenu(Menu.OFFICES)),))
    last = [speaker.button(_("🎁 Give it to somebody"), events.OpenedMenu(Menu.SHARE))]
    if body.lead is not None:
        last.append(speaker.button(_("❓ Why this one?"), events.OpenedMenu(Menu.WHY)))
    last.append(speaker.button(_("📋 My answers"), events.AskedForAnswers()))
    return [*rows, *columns(last)]


def door(body: DoorBody, speaker: Speaker, out: Writer) -> list[Row]:
    _ = speaker.say
    if body.card.door.may_report:
        _report_warning(speaker, out)
    show(body.card, speaker, out)
    if not isinstance(body.card, ServiceCard | FinderCard):
        return []
    key = f"type.{body.kind.id}"
    for title, field in ((_("What is this?"), "what"), (_("What happens there?"), "happens")):
        out.line()
        out.line(title, Style.BOLD)
        out.line(speaker.text(f"{key}.{field}"))
    items = [text for n in range(20) if (text := speaker.text(f"{key}.bring.{n}"))]
    if items:
        out.line()
        out.line(_("What to bring"), Style.BOLD)
        for item in items:
            out.line(f"• {item}")
    out.line()
    out.line(speaker.text(f"{key}.cost"))
    note = speaker.text(f"{key}.note")
    if note:
        out.line(f"💡 {note}")
    rows = _card_actions(body.card, speaker, details=False)
    return [*_hand_over(body.card, speaker), *rows] if body.can_hand_over else rows


def _report_warning(speaker: Speaker, out: Writer) -> None:
    _ = speaker.say
    out.line(
        _(
            "⚠️ This is a public office. If you have no papers, it may have to tell the "
            "foreigners’ office. Talk to an advice service first."
        ),
        Style.BOLD,
    )
    out.line()


def desk(body: DeskBody, speaker: Speaker, german: Speaker, out: Writer) -> list[Row]:
    """German, whatever the person speaks: the reader is at the desk."""
    out.line(_hold_up(speaker), Style.ITALIC)
    out.line()
    _ = german.say
    out.line(german.text(f"type.{body.kind.id}.say"), Style.BOLD)
    out.line()
    office = card_name(body.card.door, german)
    out.line(_("I am looking for: {office}").format(office=office), Style.BOLD)
    for asked, option in body.answers:
        if option != DONT_KNOW:
            out.line(f"• {german.answer(asked, option)}", Style.BOLD)
    spoken = formats.language_names([body.language], german.language)
    out.line(_("• I speak {language}.").format(language=spoken), Style.BOLD)
    out.line()
    out.line(_("Please speak slowly, or write it down for me. Thank you."), Style.BOLD)
    return []


def _hold_up(speaker: Speaker) -> str:
    _ = speaker.say
    return _("Show your phone, or read this aloud:")


def human(body: HumanBody, speaker: Speaker, out: Writer) -> list[Row]:
    _ = speaker.say
    if body.danger:
        out.line(_("Are you in danger? Call now. These calls are free:"), Style.BOLD)
    else:
        out.line(_("Talk to a person now. These calls are free:"), Style.BOLD)
    out.line()
    for card in body.hotlines:
        hotline(card, speaker, out)
        out.line()
    if body.lead is None:
        return []
    out.line(_("For advice that is not urgent:"))
    reach(body.lead, speaker, out)
    return [(door_button(body.lead, speaker),)]


def offices(body: OfficesBody, speaker: Speaker, out: Writer) -> list[Row]:
    _ = speaker.say
    out.line(_("Other offices"), Style.BOLD)
    if any(door.may_report for door in body.doors):
        _report_warning(speaker, out)
    if any(not door.sure for door in body.doors):
        out.line(_("These may help too. It depends on answers that I do not have."))
    if not body.doors:
        out.line(_("There are no other offices."))
    return _doors(body.doors, speaker)
