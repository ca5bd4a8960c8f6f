"""Groups with members, in which the bot may be, or not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from bot.sandbox import keyboards
from bot.sandbox.chats import Chat, Message
from bot.sandbox.refusals import bad, forbidden, moved
from bot.sandbox.updates import MESSAGE_LIFE

if TYPE_CHECKING:
    from bot.sandbox.chats import Row
    from bot.sandbox.people import Person

Standing = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]

PRESENT = frozenset({"creator", "administrator", "member", "restricted"})
RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
)
PERMISSIONS = (
    "is_member",
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_react_to_messages",
    "can_edit_tag",
)
"""PTB wants every one of them."""


@dataclass(slots=True, eq=False)
class Group(Chat):
    """A group; `standings` says who is what in it, the bot included."""

    title: str = "Group"
    supergroup: bool = True
    standings: dict[int, Standing] = field(default_factory=dict)
    moved_to: int | None = None
    gone: bool = False
    about: dict[str, Any] = field(default_factory=dict)
    """What getChat says of it beside this, such as username, has_protected_content, location."""

    @property
    def kind(self) -> str:
        return "supergroup" if self.supergroup else "group"

    @property
    def bot_standing(self) -> Standing:
        return self.standings.get(self.world.bot_id, "left")

    @property
    def present(self) -> list[int]:
        return [who for who, standing in self.standings.items() if standing in PRESENT]

    @property
    def people(self) -> list[Person]:
        """Everybody who ever was in it, other than bots."""
        everybody = (self.world.person(who) for who in self.standings if who != self.world.bot_id)
        return [person for person in everybody if not person.is_bot]

    def api(self) -> dict[str, Any]:
        told = {name: self.about[name] for name in ("username", "is_forum") if self.about.get(name)}
        return {"id": self.id, "type": self.kind, "title": self.title, **told}

    def check_readable(self) -> None:
        if self.gone:
            raise forbidden("the group chat was deleted")
        match self.bot_standing:
            case "kicked":
                raise forbidden(f"bot was kicked from the {self.kind} chat")
            case "left":
                raise forbidden(f"bot is not a member of the {self.kind} chat")
            case _:
                return

    def check_writable(self) -> None:
        if self.moved_to is not None:
            raise moved(self.moved_to)
        self.check_readable()
        if self.bot_standing == "restricted":
            raise bad("not enough rights to send text messages to the chat")

    @property
    def protects_content(self) -> bool:
        """Nothing in it can be copied or forwarded."""
        return self.about.get("has_protected_content") is True

    def check_panel(self, markup: dict[str, Any] | None) -> None:
        """Raises the refusal of keys that only a private chat may have."""
        keys = keyboards.keys(markup)
        for what, asked in (("phone number", "request_contact"), ("location", "request_location")):
            if any(key.get(asked) for key in keys):
                raise bad(f"{what} can be requested in private chats only")

    def shows_bot(self, message: Message) -> bool:
        """Privacy mode: an ordinary member bot sees commands, replies to it and its own name."""
        if self.gone or self.moved_to is not None or self.bot_standing not in PRESENT:
            return False
        if self.bot_standing in {"administrator", "creator"} or not self.world.privacy:
            return True
        text = message.text
        replied = message.content.get("reply_to_message")
        return (
            text.startswith("/")
            or f"@{self.world.username}" in text
            or bool(replied and replied["from"]["id"] == self.world.bot_id)
        )

    # What people do with it.

    async def add_bot(self, by: Person, payload: str | None = None, *, admin: bool = False) -> None:
        """Put the bot in; with a payload as through t.me/bot?startgroup=payload."""
        by.seen = True
        self._set_bot(by, "administrator" if admin else "member")
        self._service(by, {"new_chat_members": [self.world.me()]})
        if payload is not None:
            await by.say(f"/start@{self.world.username} {payload}".strip(), where=self)

    def promote_bot(self, by: Person) -> None:
        self._set_bot(by, "administrator")

    def mute_bot(self, by: Person) -> None:
        """Take the right to write from the bot."""
        self._set_bot(by, "restricted")

    def unmute_bot(self, by: Person) -> None:
        self._set_bot(by, "member")

    def remove_bot(self, by: Person) -> None:
        self._set_bot(by, "kicked")

    def join(self, person: Person, by: Person | None = None) -> None:
        self._set(person, by or person, "member")
        self._service(by or person, {"new_chat_members": [person.user()]})

    def leave(self, person: Person) -> None:
        self._set(person, person, "left")
        self._service(person, {"left_chat_member": person.user()})

    def kick(self, person: Person, by: Person) -> None:
        self._set(person, by, "kicked")
        self._service(by, {"left_chat_member": person.user()})

    def promote(self, person: Person, by: Person) -> None:
        self._set(person, by, "administrator")

    def delete(self) -> None:
        self.gone = True
        self.changed = self.world.tick()

    def upgrade(self, by: Person) -> Group:
        """Make a basic group a supergroup; old message ids are worth nothing there."""
        new = self.world.group(
            -1_000_000_000_000 + self.id,
            self.title,
            supergroup=True,
            standings=dict(self.standings),
        )
        self.moved_to = new.id
        for chat, content in (
            (self, {"migrate_to_chat_id": new.id}),
            (new, {"migrate_from_chat_id": self.id}),
        ):
            message = chat.add(by.user(), content)
            self.world.tell("message", message.api(), life=MESSAGE_LIFE)
        return new

    # How Telegram sees it.

    @property
    def row(self) -> Row:
        return self if self.supergroup else self.world

    def member(self, who: int) -> dict[str, Any]:
        """A ChatMember as the API shows it."""
        user = self.world.user(who)
        standing = self.standings.get(who, "left")
        shown: dict[str, Any] = {"user": user, "status": standing}
        match standing:
            case "creator":
                shown["is_anonymous"] = False
            case "administrator":
                shown |= dict.fromkeys(RIGHTS, True) | {"is_anonymous": False}
            case "restricted":
                shown |= dict.fromkeys(PERMISSIONS, False) | {"is_member": True, "until_date": 0}
            case "kicked":
                shown["until_date"] = 0
            case _:
                pass
        return shown

    def bot_leaves(self) -> None:
        before = self.member(self.world.bot_id)
        self.standings[self.world.bot_id] = "left"
        self.changed = self.world.tick()
        body = {"chat": self.api(), "from": self.world.me(), "date": self.world.seconds()}
        after = {"old_chat_member": before, "new_chat_member": self.member(self.world.bot_id)}
        self.world.tell("my_chat_member", body | after, life=MESSAGE_LIFE)

    def _set_bot(self, by: Person, standing: Standing) -> None:
        by.seen = True
        before = self.member(self.world.bot_id)
        self.standings[self.world.bot_id] = standing
        self.changed = self.world.tick()
        self.world.tell_standing("my_chat_member", self, by, before, self.member(self.world.bot_id))

    def _set(self, person: Person, by: Person, standing: Standing) -> None:
        before = self.member(person.id)
        self.standings[person.id] = standing
        self.changed = self.world.tick()
        if self.bot_standing == "administrator":
            self.world.tell_standing("chat_member", self, by, before, self.member(person.id))

    def _service(self, by: Person, content: dict[str, Any]) -> None:
        message = self.add(by.user(), content)
        if self.bot_standing in PRESENT:
            self.world.tell("message", message.api(), life=MESSAGE_LIFE)
