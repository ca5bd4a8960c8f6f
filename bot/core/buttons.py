"""What a button carries: an event as at most 64 bytes, and back. A contract with the outside."""

from typing import assert_never

from bot.core import events
from bot.core.events import Event


def encode(event: Event) -> str:
    """The `callback_data` of a button.

    Raises:
        ValueError: for an event that no button carries.
    """
    match event:
        case events.ChoseLanguage(language):
            return f"l:{language}"
        case events.Answered(question, option):
            return f"a:{question}:{option}"
        case events.Toggled(question, option):
            return f"t:{question}:{option}"
        case events.Finished(question):
            return f"d:{question}"
        case events.WentBack():
            return "b"
        case events.QuitNow():
            return "x"
        case events.AskedForHuman():
            return "h"
        case events.AskedWhy(question):
            return f"w:{question}"
        case events.AskedForAnswers():
            return "r"
        case events.Reopened(question):
            return f"e:{question}"
        case events.OpenedDoor(service):
            return f"s:{service}"
        case events.OpenedDesk(service):
            return f"g:{service}"
        case events.OpenedMenu(menu):
            return f"m:{menu}"
        case events.WantsMoreQuestions():
            return "m:more"
        case events.StartedAgain():
            return "m:restart"
        case events.AskedToHandOver(service):
            return f"c:{service}"
        case events.Consented(service, code):
            return f"y:{service}:{code}"
        case events.Refused(service):
            return f"n:{service}"
        case events.TookBack(code):
            return f"u:{code}"
        case events.Replied(code, answer):
            return f"p:{code}:{answer}"
        case (
            events.Started()
            | events.GavePhone()
            | events.Erased()
            | events.Stopped()
            | events.Said()
            | events.SentSomethingElse()
            | events.CameBack()
        ):
            raise ValueError(f"No button carries {type(event).__name__}.")
        case _:
            assert_never(event)


def decode(data: str) -> Event:
    """What a tap means; anything that no button of ours says is `CameBack`."""
    if len(data) > _LONGEST:
        return events.CameBack()
    match data.split(":"):
        case ["l", language]:
            return events.ChoseLanguage(language)
        case ["a", question, option]:
            return events.Answered(question, option)
        case ["t", question, option]:
            return events.Toggled(question, option)
        case ["d", question]:
            return events.Finished(question)
        case ["b"]:
            return events.WentBack()
        case ["x"]:
            return events.QuitNow()
        case ["h"]:
            return events.AskedForHuman()
        case ["w", question]:
            return events.AskedWhy(question)
        case ["r"]:
            return events.AskedForAnswers()
        case ["e", question]:
            return events.Reopened(question)
        case ["s", service]:
            return events.OpenedDoor(service)
        case ["g", service]:
            return events.OpenedDesk(service)
        case ["m", "more"]:
            return events.WantsMoreQuestions()
        case ["m", "restart"]:
            return events.StartedAgain()
        case ["m", menu] if menu in {str(known) for known in events.Menu}:
            return events.OpenedMenu(events.Menu(menu))
        case ["c", service]:
            return events.AskedToHandOver(service)
        case ["y", service, code]:
            return events.Consented(service, code)
        case ["n", service]:
            return events.Refused(service)
        case ["u", code]:
            return events.TookBack(code)
        case ["p", code, answer]:
            return events.Replied(code, answer)
        case _:
            return events.CameBack()


_LONGEST = 64
"""Telegram's limit for `callback_data`, in bytes; ours are ASCII."""
