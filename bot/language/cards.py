"""One door in words: name, address, phone, hours, how sure we are; or how to find it."""

from datetime import date

from bot.core.hours import ClosedUntil, HoursNow, OpenUntil
from bot.core.knowledge import Address, Evidence
from bot.core.responsibility import Door, Ground
from bot.core.screens import FinderCard, HotlineCard, ServiceCard, SiteCard
from bot.language import formats
from bot.language.speaker import Speaker
from bot.message import Style, Writer


def card_name(door: Door, speaker: Speaker) -> str:
    """A service by its own name; a kind of service in plain words and by its German name."""
    if door.id in speaker.book.services:
        return speaker.isolate(speaker.german(f"service.{door.id}.name"))
    if door.id in speaker.book.hotlines:
        return speaker.text(f"hotline.{door.id}.name")
    return kind_name(door.service_type, speaker)


def kind_name(service_type: str, speaker: Speaker) -> str:
    if speaker.language == "de":
        return speaker.german(f"type.{service_type}.name")
    return speaker.text(f"type.{service_type}.plain")


def service(card: ServiceCard, speaker: Speaker, out: Writer) -> None:
    _ = speaker.say
    key = f"service.{card.service.id}"
    out.line(speaker.isolate(speaker.german(f"{key}.name")), Style.BOLD)
    out.line(speaker.text(f"type.{card.kind.id}.plain"))
    out.line(
        _("This office belongs to: {organisation}").format(
            organisation=speaker.isolate(speaker.german(f"{key}.provider"))
        )
    )
    match card.door.ground:
        case Ground.STANDS_IN:
            out.line(
                _("This office also helps in places that have no other office. Please ask first.")
            )
        case Ground.CLEARING_POINT:
            out.line(_("They can tell you which office is responsible for you."))
        case _:
            pass
    if card.absent_until is not None:
        out.line(_closed(card.absent_until, speaker), Style.BOLD)
    for site in card.sites:
        out.line()
        _site(site, card, speaker, out)
    if card.service.languages:
        names = formats.language_names(card.service.languages, speaker.language)
        out.line(_("💬 They speak: {languages}").format(languages=names))


def _closed(last_day: date, speaker: Speaker) -> str:
    _ = speaker.say
    day = formats.weekday(last_day, speaker.language)
    day_of_year = formats.short_date(last_day, speaker.language)
    return _("🔴 Closed up to and including {day}, {date}").format(day=day, date=day_of_year)


def _site(card: SiteCard, whole: ServiceCard, speaker: Speaker, out: Writer) -> None:
    _ = speaker.say
    site = card.site
    if site.address is not None and not whole.service.shelter:
        out.line(f"📍 {speaker.isolate(address(site.address))}")
    if whole.service.shelter:
        out.line(_("This is a safe house. Its address is secret. Please call."))
    for phone in site.phones:
        out.line(f"☎️ {speaker.isolate(phone)}")
    if site.email:
        out.line(f"✉️ {speaker.isolate(site.email)}")
    if card.now is not None:
        out.line(_opens(card.now, speaker) if whole.absent_until else hours_now(card.now, speaker))
        for days, spans in formats.week(card.week, speaker.language):
            out.line(f"   {days}: {spans}")
    if site.by_appointment:
        out.line(_("📅 Please make an appointment first."))
    elif card.now is None:
        out.line(_("🕘 We do not know the opening hours. Please call first."))
    trust(site.evidence, speaker, out, confirmed=site.confirmed is not None)


def address(known: Address) -> str:
    """In one line, as on a letter."""
    town = " ".join(part for part in (known.postcode, known.town) if part)
    return ", ".join(part for part in (known.name, known.street, town) if part)


def trust(evidence: Evidence, speaker: Speaker, out: Writer, *, confirmed: bool) -> None:
    _ = speaker.say
    if confirmed:
        return
    if evidence.date == "unknown":
        out.line(_("⚠️ Nobody has confirmed this yet. Please call first."), Style.ITALIC)
    else:
        text = _("⚠️ As of {date}. Nobody has confirmed this yet. Please call first.")
        out.line(text.format(date=speaker.isolate(evidence.date)), Style.ITALIC)


def hours_now(now: HoursNow, speaker: Speaker) -> str:
    _ = speaker.say
    match now:
        case OpenUntil(None):
            return _("🟢 Open day and night")
        case OpenUntil(until) if until is not None:
            return _("🟢 Open now, until {time}").format(time=speaker.isolate(formats.clock(until)))
        case ClosedUntil(opens) if opens is not None:
            day = formats.weekday(opens.date(), speaker.language)
            date = formats.short_date(opens.date(), speaker.language)
            return _("🔴 Closed now. Opens {day}, {date}, at {time}").format(
                day=day, date=date, time=speaker.isolate(formats.clock(opens))
            )
        case _:
            return _("🔴 Closed now")


def _opens(now: HoursNow, speaker: Speaker) -> str:
    """Under a card that says already that nobody is there."""
    _ = speaker.say
    match now:
        case ClosedUntil(opens) if opens is not None:
            day = formats.weekday(opens.date(), speaker.language)
            date = formats.short_date(opens.date(), speaker.language)
            return _("🕘 Opens again {day}, {date}, at {time}").format(
                day=day, date=date, time=speaker.isolate(formats.clock(opens))
            )
        case _:
            return _("🔴 Closed now")


def finder(card: FinderCard, speaker: Speaker, out: Writer) -> None:
    """The usual result today: the name to look for, one link, one sentence to say."""
    _ = speaker.say
    key = f"type.{card.kind.id}"
    name = speaker.german(f"{key}.name")
    out.line(speaker.text(f"{key}.plain"), Style.BOLD)
    if speaker.language != "de":
        out.line(_("In German: {name}").format(name=speaker.isolate(name)))
    else:
        out.line(name)
    out.line()
    if card.district is not None:
        place = speaker.isolate(speaker.book.districts[card.district].name)
        out.line(
            _("I do not know the address in {district}. This is how you find it:").format(
                district=place
            )
        )
    else:
        out.line(_("I do not know the address. This is how you find it:"))
    site = speaker.german(f"{key}.finder_name")
    out.add("1. ").add(speaker.isolate(site), url=card.kind.finder.url).add("\n")
    type_in = speaker.text(f"{key}.finder_type_in")
    out.line(f"2. {type_in[:1].upper()}{type_in[1:]}")
    out.line(_("3. Call or go there, and say:"))
    out.line(f"„{speaker.german(f'{key}.say')}“", Style.BOLD)
    if speaker.language != "de":
        out.line(f"({speaker.text(f'{key}.say')})")


def reach(door: Door, speaker: Speaker, out: Writer) -> None:
    """Name and phone of a door, in two lines."""
    out.line(card_name(door, speaker), Style.BOLD)
    known = speaker.book.services.get(door.id)
    for site in known.sites if known else ():
        if not site.withheld:
            for phone in site.phones:
                out.line(f"☎️ {speaker.isolate(phone)}")


def hotline(card: HotlineCard, speaker: Speaker, out: Writer) -> None:
    _ = speaker.say
    key = f"hotline.{card.hotline.id}"
    out.line(f"{speaker.german(f'{key}.pictogram')} {speaker.text(f'{key}.name')}", Style.BOLD)
    if card.hotline.phone:
        out.line(f"☎️ {speaker.isolate(card.hotline.phone)}")
    if card.hotline.website:
        out.add("🌍 ").add(speaker.isolate(card.hotline.website), url=card.hotline.website)
        out.line()
    out.line(speaker.text(f"{key}.what"))
    if not card.hotline.hours.always():
        out.line(hours_now(card.now, speaker))
    if card.hotline.languages:
        names = formats.language_names(card.hotline.languages, speaker.language)
        out.line(_("💬 They speak: {languages}").format(languages=names))
    if card.caution:
        out.line(f"⚠️ {speaker.text(f'{key}.caution')}")
