"""Points in time as people say them, in the zone of the region."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.language import formats
from bot.language.speaker import Speaker


def here(at: datetime, speaker: Speaker) -> datetime:
    """The same instant on the clocks of the region."""
    return at.astimezone(ZoneInfo(speaker.book.region.time_zone))


def instant(at: datetime, speaker: Speaker) -> str:
    """As in: Wednesday, 25 November, at 16:00."""
    local = here(at, speaker)
    return on_day(local.date(), local.time(), speaker)


def short_instant(at: datetime, speaker: Speaker) -> str:
    """The same for lists: Wed, 25/11, 16:00."""
    _ = speaker.say
    local = here(at, speaker)
    return _("{day}, {date}, {time}").format(
        day=formats.short_weekday(local.date(), speaker.language),
        date=formats.numeric_date(local.date(), speaker.language),
        time=speaker.isolate(formats.clock(local)),
    )


def short_day(day: date, speaker: Speaker) -> str:
    _ = speaker.say
    return _("{day}, {date}").format(
        day=formats.short_weekday(day, speaker.language),
        date=formats.numeric_date(day, speaker.language),
    )


def on_day(day: date, clock: time, speaker: Speaker) -> str:
    """A day and a time of day that are the region's already."""
    _ = speaker.say
    return _("{day}, {date}, at {time}").format(
        day=formats.weekday(day, speaker.language),
        date=formats.day_and_month(day, speaker.language),
        time=speaker.isolate(formats.clock(clock)),
    )
