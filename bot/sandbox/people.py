"""People with a phone, as tests and the page move them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.sandbox import formatting, keyboards
from bot.sandbox.chats import Chat, Message
from bot.sandbox.refusals import bad, forbidden
from bot.sandbox.taps import Tap, start_payload
from bot.sandbox.updates import MESSAGE_LIFE, TAP_LIFE

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.sandbox.chats import Row
    from bot.sandbox.groups import Group
    from bot.sandbox.taps import Toast


@dataclass(slots=True, eq=False)
class Person(Chat):
    """A person and their private chat with the bot."""

    first_name: str = "Person"
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = "uk"
    phone_number: str = "+4930123456"
    is_bot: bool = False
    started: bool = False
    """Has ever written to the bot, so that the bot may write back."""
    seen: bool = False
    """The bot has met this person somewhere, in a group for instance."""
    blocking: bool = False
    deactivated: bool = False
    typing: int = 0
    """The sandbox's count of events when the bot last showed that it is typing."""
    taps: list[Tap] = field(default_factory=list)
    acted: int = 0
    """The sandbox's count of events at the person's last deed."""

    # What the person sees.

    @property
    def chat(self) -> list[Message]:
        """The messages that are on the screen, oldest first."""
        return self.visible

    @property
    def answers(self) -> list[Message]:
        """The bot's messages that are on the screen, oldest first."""
        return [message for message in self.visible if message.from_bot]

    @property
    def last(self) -> Message:
        """The bot's newest message."""
        answers = self.answers
        if not answers:
            raise LookupError(f"The bot has said nothing to {self.first_name} yet.")
        return answers[-1]

    @property
    def toasts(self) -> list[Toast]:
        """The answers to taps that had a text, oldest first."""
        return [tap.answer for tap in self.taps if tap.answer is not None and tap.answer.text]

    async def answer(self, within: float = 10) -> Message:
        """The bot's message that is new or changed since the person's last deed; waits for it."""
        return await self.world.until(self._changed_since, within=within)

    async def sees(self, condition: Callable[[Message], object], within: float = 10) -> Message:
        """The newest message of the bot for which `condition` holds; waits for it."""

        def found() -> Message | None:
            return next((m for m in reversed(self.answers) if condition(m)), None)

        return await self.world.until(found, within=within)

    # What the person does.

    async def start(self, payload: str = "") -> Message:
        """Open t.me/bot?start=payload and press Start."""
        return await self.say(f"/start {payload}".strip())

    async def say(self, text: str, where: Group | None = None, **more: Any) -> Message:  # noqa: ANN401 - fields of the Bot API
        """Type a text; `more` goes into the message as it is (forward_origin, reply_to_message)."""
        content: dict[str, Any] = {"text": text}
        if entities := formatting.find(text):
            content["entities"] = entities
        return self.post(content | more, where)

    async def tap(self, what: str, on: Message | None = None, where: Group | None = None) -> Tap:
        """Tap the button with this data or label, on the newest message that has it.

        Raises:
            LookupError: naming the buttons that are there.
        """
        room: Chat = where or self
        shown = [on] if on is not None else [m for m in reversed(room.visible) if m.from_bot]
        for message in shown:
            if (button := message.button(what)) is not None:
                if button.data is None:
                    raise LookupError(f"{what!r} opens a link: {button.url}")
                return await self.press(message, button.data)
        there = [b.data or b.url for m in shown[:3] for b in m.buttons]
        raise LookupError(f"There is no button {what!r}; there are {there}.")

    async def press(self, message: Message, data: str) -> Tap:
        """Send this data from this message, whatever it shows by now: an old screen, or a fake."""
        self._show_up(message.chat is self)
        now = self.world.now()
        tap = Tap(self.world.fresh_tap(), self, message.chat, data, now)
        self.taps.append(tap)
        self.world.open_taps[tap.id] = tap
        shown = message.api()
        if message.deleted:
            shown = {"chat": message.chat.api(), "message_id": message.id, "date": 0}
        self.world.tell(
            "callback_query",
            {
                "id": tap.id,
                "from": self.user(),
                "message": shown,
                "chat_instance": str(message.chat.id),
                "data": data,
            },
            life=TAP_LIFE,
        )
        return tap

    async def open(self, url: str) -> Message:
        """Open a link to the bot (t.me/bot?start=payload), which leads into the private chat.

        Raises:
            LookupError: the link leads elsewhere.
        """
        payload = start_payload(url, self.world.username)
        if payload is None:
            raise LookupError(f"{url} does not start the bot.")
        return await self.start(payload)

    async def use(self, label: str, where: Group | None = None) -> Message:
        """Press a key of the keyboard that the bot has put under the typing field.

        Raises:
            LookupError: naming the keys that are there.
        """
        room: Chat = where or self
        keys = keyboards.keys(room.panel)
        key = next((key for key in keys if key["text"] == label), None)
        if key is None:
            raise LookupError(f"There is no key {label!r}; there are {[k['text'] for k in keys]}.")
        if key.get("request_location"):
            raise LookupError(f"{label!r} asks for a place: use send_location.")
        if room.panel and room.panel.get("one_time_keyboard"):
            room.panel = None
        return await (self.send_contact() if key.get("request_contact") else self.say(label, where))

    async def edit(self, message: Message, text: str) -> None:
        """Change an own message."""
        message.content = {**message.content, "text": text}
        message.content.pop("entities", None)
        message.edited = self.world.seconds()
        message.chat.touch(message)
        self.acted = self.world.count
        self.world.tell("edited_message", message.api(), life=MESSAGE_LIFE)

    async def send_location(
        self, latitude: float, longitude: float, *, live_seconds: int | None = None
    ) -> Message:
        place: dict[str, Any] = {"latitude": latitude, "longitude": longitude}
        if live_seconds is not None:
            place["live_period"] = live_seconds
        return self.post({"location": place})

    async def send_photo(self, caption: str = "") -> Message:
        sizes = [{**_file("photo"), "width": side, "height": side} for side in (90, 320)]
        return self.post({"photo": sizes} | ({"caption": caption} if caption else {}))

    async def send_voice(self) -> Message:
        return self.post({"voice": {**_file("voice"), "duration": 3, "mime_type": "audio/ogg"}})

    async def send_sticker(self, emoji: str = "👍") -> Message:
        kind = {"type": "regular", "width": 512, "height": 512, "emoji": emoji}
        look = {"is_animated": False, "is_video": False}
        return self.post({"sticker": _file("sticker") | kind | look})

    async def send_document(self, name: str = "letter.pdf") -> Message:
        return self.post({"document": {**_file("document"), "file_name": name}})

    async def send_contact(self) -> Message:
        """Share the own phone number."""
        who = {"first_name": self.first_name, "user_id": self.id}
        return self.post({"contact": {"phone_number": self.phone_number, **who}})

    async def send(self, **content: Any) -> Message:  # noqa: ANN401 - fields of the Bot API
        """Any other kind of message, as the Bot API has it: poll, dice, story, paid_media."""
        return self.post(content)

    def block(self) -> None:
        """Stop the bot, as in Telegram's menu."""
        self.blocking = True
        self._tell_membership("member", "kicked")

    def unblock(self) -> None:
        self.blocking = False
        self._tell_membership("kicked", "member")

    def deactivate(self) -> None:
        """Delete the Telegram account."""
        self.deactivated = True
        self.changed = self.world.tick()

    # How Telegram sees the person.

    @property
    def row(self) -> Row:
        return self.world

    def user(self) -> dict[str, Any]:
        user: dict[str, Any] = {
            "id": self.id,
            "is_bot": self.is_bot,
            "first_name": "" if self.deactivated else self.first_name,
        }
        if self.last_name:
            user["last_name"] = self.last_name
        if self.username:
            user["username"] = self.username
        if self.language_code:
            user["language_code"] = self.language_code
        return user

    def api(self) -> dict[str, Any]:
        chat: dict[str, Any] = {"id": self.id, "type": "private", "first_name": self.first_name}
        if self.last_name:
            chat["last_name"] = self.last_name
        if self.username:
            chat["username"] = self.username
        return chat

    def check_writable(self) -> None:
        if self.is_bot:
            raise forbidden("bot can't send messages to bots")
        if self.deactivated:
            raise forbidden("user is deactivated")
        if self.blocking:
            raise forbidden("bot was blocked by the user")
        if not self.started:
            raise (
                forbidden("bot can't initiate conversation with a user")
                if self.seen
                else bad("chat not found")
            )

    def post(self, content: dict[str, Any], where: Group | None = None) -> Message:
        room: Chat = where or self
        self._show_up(where is None)
        message = room.add(self.user(), content)
        self.acted = message.changed
        if where is None or where.shows_bot(message):
            self.world.tell("message", message.api(), life=MESSAGE_LIFE)
        return message

    def _show_up(self, in_private: bool) -> None:  # noqa: FBT001 - where the person shows up
        self.seen = True
        if in_private:
            if self.blocking:
                self.unblock()
            self.started = True
        self.acted = self.world.tick()

    def _changed_since(self) -> Message | None:
        return next((m for m in reversed(self.answers) if m.changed > self.acted), None)

    def _tell_membership(self, old: str, new: str) -> None:
        self.acted = self.changed = self.world.tick()
        self.world.tell_membership(self, self, old, new)


def _file(kind: str) -> dict[str, Any]:
    return {"file_id": f"{kind}-from-person", "file_unique_id": kind, "file_size": 1000}
