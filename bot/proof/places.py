"""Places between which no door distinguishes: hundreds of answers, a few dozen kinds."""

from dataclasses import dataclass

from bot.core.case import DONT_KNOW, ELSEWHERE
from bot.core.knowledge import Book


@dataclass(frozen=True, slots=True)
class PlaceClass:
    answers: tuple[str, ...]
    """What people may answer: keys of municipalities and of their district, or one word."""
    district: str | None
    """None outside the region, and where nobody knows."""

    @property
    def answer(self) -> str:
        """One of them, to speak for all."""
        return self.answers[0]

    def municipalities(self, book: Book) -> int:
        return sum(answer in book.municipalities for answer in self.answers)


def place_classes(*books: Book) -> tuple[PlaceClass, ...]:
    """All answers about the place; those together for whom the same services are near."""
    classes: dict[object, list[str]] = {}
    districts = dict.fromkeys(key for book in books for key in book.districts)
    keys = dict.fromkeys(key for book in books for key in book.municipalities)
    for answer in (*sorted(keys), *districts):
        near = tuple(frozenset(_near(answer, book)) for book in books)
        classes.setdefault((answer[:5], near), []).append(answer)
    return (
        *(PlaceClass(tuple(answers), answers[0][:5]) for answers in classes.values()),
        PlaceClass((ELSEWHERE,), None),
        PlaceClass((DONT_KNOW,), None),
    )


def _near(answer: str, book: Book) -> list[str]:
    """Services that serve single municipalities, and this one, or some of this district."""
    whole = answer in book.districts
    return [
        service.id
        for service in book.services.values()
        if (
            any(ags.startswith(answer) for ags in service.municipalities)
            if whole
            else answer in service.municipalities
        )
    ]
