"""What stands on a card that is handed over, line by line."""

from collections.abc import Iterable
from typing import Final

from bot.core.card import DISTRICT, LANGUAGE
from bot.core.case import question_of
from bot.language import formats
from bot.language.speaker import Speaker
from bot.message import Style, Writer

CONCERN: Final = "concern"


def fact(name: str, option: str, speaker: Speaker) -> str:
    """One line of a card; in ids where the knowledge base has lost the words for it."""
    _ = speaker.say
    if name == LANGUAGE:
        spoken = formats.language_names([option], speaker.language)
        return _("Language: {language}").format(language=spoken)
    if name == DISTRICT:
        return _("District or city: {place}").format(place=speaker.isolated_place(option))
    question = question_of(name)
    chosen = name.partition(".")[2] or option
    text = speaker.text(f"option.{question}.{chosen}.fact")
    if not text:
        return speaker.isolate(f"{name}: {option}")
    return _("Topic: {topic}").format(topic=text) if name == CONCERN else text


def facts(rows: Iterable[tuple[str, str]], speaker: Speaker, german: Speaker, out: Writer) -> None:
    """Each in the language of the person, with the German beneath."""
    for name, option in rows:
        out.line(f"• {fact(name, option, speaker)}")
        beneath(fact(name, option, german), speaker, out)


def beneath(text: str, speaker: Speaker, out: Writer) -> None:
    """The German that a counsellor reads or has written; nothing where it would stand twice."""
    if speaker.language != "de":
        out.line(f"   {speaker.isolate(text)}", Style.ITALIC)
