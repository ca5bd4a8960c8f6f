"""One language, one edition of the knowledge base: what the rendering of every screen asks."""

from dataclasses import dataclass

from bot.core import buttons
from bot.core.case import DONT_KNOW, ELSEWHERE
from bot.core.events import Event
from bot.core.knowledge import Book, Question, QuestionKind
from bot.language import formats
from bot.language.catalogues import Catalogue
from bot.message import Button


@dataclass(frozen=True, slots=True)
class Speaker:
    catalogue: Catalogue
    book: Book
    bot_name: str
    """The bot's user name, for links that can be given to somebody."""

    @property
    def language(self) -> str:
        return self.catalogue.language

    def say(self, text: str) -> str:
        return self.catalogue.interface(text)

    def german(self, key: str) -> str:
        """A text of the knowledge base as counsellors wrote it; empty where there is none."""
        return self.book.texts.get(key, "")

    def text(self, key: str) -> str:
        """A text of the knowledge base in the person's language; empty where there is none."""
        return self.catalogue.knowledge(self.german(key))

    def isolate(self, text: str) -> str:
        return formats.isolate(text, self.language)

    def button(self, label: str, event: Event) -> Button:
        return Button(label, buttons.encode(event))

    def answer(self, question: Question, option: str) -> str:
        """An answer as a fact without a person, for lists of answers."""
        _ = self.say
        if option == DONT_KNOW:
            return _("not known")
        if question.kind is QuestionKind.PLACE:
            if option == ELSEWHERE:
                return _("not in Brandenburg")
            return self.isolated_place(option)
        return self.text(f"option.{question.id}.{option}.fact")

    def office(self, service: str) -> str:
        """Its own name, or its id where the knowledge base has lost it."""
        return self.isolate(self.german(f"service.{service}.name") or service)

    def isolated_place(self, key: str) -> str:
        return self.isolate(self.place(key))

    def place(self, key: str) -> str:
        """The official name of a municipality with its district, or of a district."""
        municipality = self.book.municipalities.get(key)
        if municipality is None:
            district = self.book.districts.get(key)
            return district.name if district else key
        district = self.book.districts[municipality.district]
        if district.name == municipality.name:
            return municipality.name
        return f"{municipality.name} \u2013 {district.name}"
