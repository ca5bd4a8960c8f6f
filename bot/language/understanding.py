"""What a typed sentence answers: only what is beyond doubt, never a guess, never kept.

Single words answer the question on the screen; whole phrases answer anything. Where two answers
to one question are as likely, it is asked back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.core.words import Words
from bot.language.evidence import CUE, LIST, LISTS, Cues, clauses_of, negated
from bot.language.normalise import plain, tokens
from bot.language.phrases import Found, Heard, Phrasebook
from bot.language.quantities import Counter
from bot.language.sentence import Sentence

_SHARE: Final = 0.6
"""A language that knows this share of the words of the best one may also be the right one."""


@dataclass(frozen=True, slots=True)
class Understanding:
    answers: Mapping[str, str] = field(default_factory=dict)
    """Question -> option (`?`: does not know), beyond doubt."""
    danger: bool = False
    asks_back: tuple[str, ...] = ()
    """Questions that it was about, with an answer that is not clear."""


class Listener:
    """Understands all languages at once; built once from their lists of words."""

    def __init__(self, languages: Iterable[Words], names: Iterable[str] = ()) -> None:
        """`names` of places are never a typo for a word, and alone they mean the place."""
        self._book = Phrasebook()
        self._names = frozenset(spelling for name in names if (spelling := _spelling(name)))
        self._book.add_common("", self._names)
        self._counters: dict[str, Counter] = {}
        for words in languages:
            self._counters[words.language] = Counter(words)
            for question, options in words.options.items():
                for option, entries in options.items():
                    self._book.add(words.language, (question, option), entries)
            for name in LISTS:
                self._book.add(words.language, (LIST + name, name), getattr(words, name))
            for cue, entries in words.cues.items():
                self._book.add(words.language, (CUE + cue, cue), entries)
            self._book.add_common(words.language, words.common)
            for forms in (*words.units.values(), *words.numbers.values()):
                self._book.add_common(words.language, forms)
        self._book.close()

    def hear(self, text: str, language: str, asked: str | None) -> Understanding:
        """What `text` means while the question `asked` is on the screen."""
        heard = self._book.read(text, typos=asked != "place")
        if not heard.tokens or _spelling(text) in self._names:
            return Understanding()
        found = list(self._book.find(heard))
        danger = any(
            _is_danger(heard, [one for one in found if one.phrase.language == spoken])
            for spoken in self._counters
        )
        for spoken in self._likely(heard, language):
            mine = [one for one in found if one.phrase.language == spoken]
            said = Sentence(heard, mine, self._counters[spoken], asked, plain(text))
            answers = said.answers()
            if danger:
                # The numbers come first; what else was said in fear is no answer to a question.
                needs = {
                    question: option for question, option in answers.items() if question == "needs"
                }
                return Understanding(needs, danger)
            asks_back = tuple(asked for asked in said.unclear() if asked not in answers)
            if answers or asks_back or said.turned_down:
                return Understanding(answers, asks_back=asks_back)
        return Understanding(danger=danger)

    def _likely(self, heard: Heard, language: str) -> Sequence[str]:
        """The languages that this may be, the likeliest first; the chosen one wins a tie."""
        known = self._book.languages(heard)
        best = max(known.values(), default=0)
        likely = [
            spoken for spoken in self._counters if known.get(spoken, 0) >= max(1, best * _SHARE)
        ]
        if not likely:
            return [language] if language in self._counters else list(self._counters)[:1]
        return sorted(likely, key=lambda spoken: (-known[spoken], spoken != language))


def _spelling(text: str) -> str:
    return " ".join(token.word for token in tokens(plain(text)))


def _is_danger(heard: Heard, found: Sequence[Found]) -> bool:
    """Emergency words of one language, unless they are clearly denied; `help!` only by itself."""
    clauses = clauses_of(heard, found)
    cues = Cues(found, clauses)
    cries: set[int] = set()
    for one in found:
        if one.phrase.meaning[1] != "emergency":
            continue
        if one.phrase.alone:
            cries |= one.places
        elif not negated(one, cues.places["negation"], clauses):
            return True
    rest = set(range(len(heard.tokens))) - cries - cues.places["polite"]
    return bool(cries) and not rest
