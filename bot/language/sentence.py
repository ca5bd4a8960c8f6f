"""One text as heard in one language: what it answers, and what it leaves unclear."""

from collections.abc import Sequence
from typing import Final

from bot.core.case import DONT_KNOW, NO, YES
from bot.language.evidence import CUE, LIST, LISTS, Cues, clauses_of, covering, negated, strongest
from bot.language.phrases import Found, Heard
from bot.language.quantities import OLDEST, Amount, Counter, age_group, paragraph, stay_group
from bot.language.replies import SHORT, Replies

_YES_OR_NO: Final = frozenset({"crisis", "course"})
_NEVER_BESIDES: Final = frozenset({NO, "self", "family", "own"})
"""Options that nobody means by the way: `for my family` may only say who else lives there."""
_BESIDES_CONCERN: Final = frozenset({None, "concern", "place", "age", "for_whom"})
"""On these screens a phrase may name another concern; elsewhere it explains the answer."""
_PLACE_NAME: Final = 3
"""Words of the longest name of a place; so short a text is no sentence about something else."""
_BARE: Final = 4
"""Words of a text in which a weak word such as `money` can be all that is meant."""
_NEAR_NUMBER: Final = 2


class Sentence:
    """One text as heard in one language."""

    def __init__(
        self,
        heard: Heard,
        found: Sequence[Found],
        counter: Counter,
        asked: str | None,
        text: str,
    ) -> None:
        self.words = tuple(token.word for token in heard.tokens)
        self.clauses = clauses_of(heard, found)
        self.cues = Cues(found, self.clauses)
        lists = {
            name: [one for one in found if one.phrase.meaning[0] == LIST + name] for name in LISTS
        }
        self.replies = Replies(lists, self.clauses, self.cues)
        self.asked = asked
        self.text = text
        self.counter = counter
        self.amounts = counter.amounts(self.words)
        self.turned_down = False
        """Something was named only to say that it is not the point."""
        self._unclear: list[str] = []
        self._candidates = self._by_question(found)

    def answers(self) -> dict[str, str]:
        if self.asked == "place" and len(self.words) <= _PLACE_NAME:
            return {}
        answers = dict(self._asked_answers())
        if self.asked in answers and self.asked not in (None, "concern"):
            expressed = set(self._candidates) - {"concern", self.asked}
        else:
            expressed = set(self._candidates) - {self.asked}
        for question in sorted(expressed):
            option = self._besides(question)
            if option is not None:
                answers[question] = option
        for question, option in self._said_in_numbers().items():
            answers.setdefault(question, option)
        if answers.get("concern") == "family":
            # Those who are to come are not those who ask.
            answers.pop("for_whom", None)
        return answers

    def unclear(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._unclear))

    # -- the question on the screen -----------------------------------------------------------

    def _asked_answers(self) -> dict[str, str]:
        asked = self.asked or "concern"
        if self.asked in _YES_OR_NO:
            return self._yes_or_no(self.asked)
        if self.asked and self.replies.does_not_know():
            return {asked: DONT_KNOW}
        if asked == "status":
            by_law = self._paragraph()
            if by_law is not None:
                return self._settled(asked, by_law)
        if asked == "age" and self.amounts:
            return self._settled(asked, age_group(self._ages()))
        if asked == "stay":
            times = self._times()
            if times:
                return self._settled(asked, stay_group(times))
        option = self._one_of(self._candidates.get(asked, []), asked)
        return {asked: option} if option else {}

    def _settled(self, question: str, option: str | None) -> dict[str, str]:
        if option:
            return {question: option}
        self._unclear.append(question)
        return {}

    def _yes_or_no(self, question: str) -> dict[str, str]:
        if self.replies.does_not_know():
            return {question: DONT_KNOW}
        said = {option for option in (YES, NO) if self.replies.says(option)}
        for one in strongest(self._candidates.get(question, [])):
            said.add(one.phrase.meaning[1])
        names_both = self.replies.mentions(YES) and self.replies.mentions(NO)
        if len(said) == 1 and not (names_both and len(self.words) <= _PLACE_NAME):
            return {question: said.pop()}
        if said or self.replies.mentions(YES) or self.replies.mentions(NO):
            self._unclear.append(question)
        return {}

    # -- what is said besides ------------------------------------------------------------------

    def _besides(self, question: str) -> str | None:
        if question == "concern" and self.asked not in _BESIDES_CONCERN:
            self._unclear.append(self.asked or question)
            return None
        found = [
            one
            for one in self._candidates[question]
            if not one.phrase.weak
            and one.phrase.meaning[1] not in _NEVER_BESIDES
            and (one.words > 1 or question == "status")
        ]
        if question == "status":
            if self._paragraph() is not None:
                return None
            found = [one for one in found if self._has(one)]
        if question == "stay":
            found = [one for one in found if self._is_about_coming(one)]
        return self._one_of(found, question if question == "concern" else None)

    def _is_about_coming(self, one: Found) -> bool:
        """`Last week` alone may be about anything; `came here last week` is not."""
        arrival = (
            self.clauses[place]
            for other in self._candidates.get("concern", ())
            if other.phrase.meaning[1] == "arrival"
            for place in other.places
        )
        clauses = {*arrival, *self.cues.clauses("here")}
        return any(self.clauses[place] in clauses for place in one.places)

    def _has(self, one: Found) -> bool:
        """Says `I have` this paper, rather than wanting, losing or asking about it."""
        clauses = {self.clauses[place] for place in one.places}
        return bool(self.cues.clauses("mine") & clauses) and not (
            self.cues.clauses("want") & clauses
        )

    def _said_in_numbers(self) -> dict[str, str]:
        answers: dict[str, str] = {}
        if self.asked != "status" and self._names_paragraph() and not self.cues.places["want"]:
            by_law = self._paragraph()
            if by_law:
                answers["status"] = by_law
        elif self.asked not in ("age", "stay") or len(self.amounts) > 1:
            if self.asked != "age":
                answers |= self._age_by_the_way()
            if self.asked != "stay":
                answers |= self._stay_by_the_way()
        return answers

    def _age_by_the_way(self) -> dict[str, str]:
        ages = [amount for amount in self.amounts if self._is_age(amount)]
        if not ages:
            return {}
        if len(ages) > 1:
            self._unclear.append("age")
            return {}
        place = ages[0].first
        group = age_group(ages)
        if group is None or self.cues.has("other", self.clauses[place]):
            return {}
        if self.cues.has("child", self.clauses[place]):
            return {"for_whom": "child", "age": group}
        return {"age": group}

    def _is_age(self, amount: Amount) -> bool:
        clause = self.clauses[amount.first]
        around = range(amount.last, amount.last + _NEAR_NUMBER + 1)
        says_old = any(
            place in self.cues.places["age"] and place not in self.cues.places["here"]
            for place in around
            if place < len(self.words) and (amount.unit is None or place != amount.last)
        )
        says_i_am = self._says_whose(amount.first - 1)
        ends = amount.last + 1 >= len(self.words) or self.clauses[amount.last + 1] != clause
        if amount.unit not in (None, "year") or int(amount.value) > OLDEST:
            return False
        if self.cues.has("here", clause) and not says_old:
            return False
        return says_old or (says_i_am and (ends or amount.unit == "year"))

    def _says_whose(self, place: int) -> bool:
        """`I am` or `my son` stands right before the number, or with a small word between."""
        whose = self.cues.places["i_am"] | self.cues.places["child"]
        small = self.cues.places["polite"] | self.cues.places["mine"]
        return place in whose or (place in small and place - 1 in whose)

    def _stay_by_the_way(self) -> dict[str, str]:
        times = [
            amount
            for amount in self.amounts
            if self.cues.has("here", self.clauses[amount.first])
            and not self._is_age(amount)
            and (amount.unit or amount.value > OLDEST)
        ]
        if not times:
            return {}
        group = stay_group(times)
        if group is None:
            self._unclear.append("stay")
            return {}
        return {"stay": group}

    # -- numbers -------------------------------------------------------------------------------

    def _ages(self) -> list[Amount]:
        digits = [amount for amount in self.amounts if self.words[amount.first].isdecimal()]
        return digits or list(self.amounts)

    def _times(self) -> list[Amount]:
        times = [a for a in self.amounts if a.unit or a.value > OLDEST]
        if not times:
            bare = self.counter.bare_unit(self.words)
            known = self._candidates.get("stay", [])
            return [bare] if bare and not known and len(self.words) <= SHORT else []
        if self._candidates.get("stay") and not any(self._is_plain_digit(a) for a in times):
            return []
        bare = self.counter.bare_unit(self.words[: times[0].first])
        return [bare, *times] if bare else times

    def _is_plain_digit(self, amount: Amount) -> bool:
        return self.words[amount.first].isdecimal()

    def _names_paragraph(self) -> bool:
        return "§" in self.words or bool(self.cues.places["section"])

    def _paragraph(self) -> str | None:
        """None where no paragraph is named at all."""
        if not self._names_paragraph() and (self.asked != "status" or len(self.words) > SHORT):
            return None
        if not any(word[:2].isdecimal() or word[:1].isdecimal() for word in self.words):
            return None
        return paragraph(self.text)

    # -- words ---------------------------------------------------------------------------------

    def _by_question(self, found: Sequence[Found]) -> dict[str, list[Found]]:
        grouped: dict[str, list[Found]] = {}
        for one in found:
            question = one.phrase.meaning[0]
            if not question.startswith((LIST, CUE)):
                grouped.setdefault(question, []).append(one)
        papers = [one.places for one in grouped.get("status", ()) if self._has(one)]
        grouped["concern"] = [
            one
            for one in grouped.get("concern", ())
            if one.words > 1 or not any(one.places <= places for places in papers)
        ]
        kept: dict[str, list[Found]] = {}
        for question, all_found in grouped.items():
            best = covering(all_found, self.clauses)
            meant = [one for one in best if not self._is_turned_down(question, one)]
            if question == "concern" and len(self.words) > _BARE:
                meant = [one for one in meant if one.words > 1 or not one.phrase.weak]
            if meant:
                kept[question] = meant
            elif best and question == self.asked and question != "concern":
                self._unclear.append(question)
            if len(meant) < len(best):
                self.turned_down = True
        return kept

    def _is_turned_down(self, question: str, one: Found) -> bool:
        cue = "declined" if question == "concern" else "negation"
        if question == "concern":
            clauses = {self.clauses[place] for place in one.places}
            return any(
                not places <= one.places and {self.clauses[place] for place in places} & clauses
                for places in self.cues.spans[cue]
            )
        return negated(one, self.cues.places[cue], self.clauses)

    def _one_of(self, found: Sequence[Found], question: str | None) -> str | None:
        """The option that the strongest evidence names, or None where that is none or several."""
        if not found:
            return None
        best = strongest(found)
        options = list(dict.fromkeys(one.phrase.meaning[1] for one in best))
        if len(options) == 1:
            return options[0]
        if found[0].phrase.meaning[0] == "needs":
            return max(best, key=lambda one: one.words).phrase.meaning[1]
        if question is not None:
            self._unclear.append(question)
        return None
