"""From what a person types or shares to the municipality or district that is meant."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bot.core.place import District, Municipality, PlaceMatch
from bot.places.fuzzy import Names
from bot.places.index import Entry, Rank, index, variants
from bot.places.outside import Outside
from bot.places.points import Points
from bot.places.postcodes import Postcodes
from bot.places.scripts import Script, script_of, tidy, words
from bot.places.tables import TableError, rows
from bot.sentence import Sentence

MOST = 5
"""Buttons that fit under one message without scrolling."""
_LEAST = {Script.LATIN: 0.72, Script.CYRILLIC: 0.68, Script.ARABIC: 0.66, Script.OTHER: 0.72}
"""Below this two names have nothing to do with each other; measured in tests/places."""
_WEIGHT = {Rank.OFFICIAL: 0.05, Rank.SHORT: 0.05, Rank.PART: 0.0, Rank.MAYBE: -0.01}
_IN_A_SENTENCE = 0.8
"""As `_LEAST`, for one word among several."""
_SURE_ENOUGH = 0.82
"""From here on the whole text is rather one name with a slip than a sentence."""
_SURE_DISTRICT = 0.9
_ALONE = 0.1
_CLOSE = 0.22
"""A candidate so much worse than the best is no candidate."""
_POSTCODE = re.compile(r"(?<!\d)\d{5}(?!\d)")
_IN_BRACKETS = re.compile(r"\s*\(.*?\)")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_SHORT_WORD = 4
_ALSO_THE_LAND = {"brandenburg", "бранденбург", "براندنبورغ", "براندنبورج", "براندنبورك"}
"""The town on the Havel, or all of the region."""
_SPAN = 4
"""Words of the longest name: Brandenburg an der Havel."""
_BORDER = 1.5
"""Where the second nearest place is less than so many times farther away, a border is near: ask."""
_MOST_NEAR = 3
_TOO_FAR = 15.0
"""Kilometres to the nearest stop: no place of the region is so remote."""


class Gazetteer:
    def __init__(self, folder: Path) -> None:
        self.districts: Mapping[str, District] = {
            key: District(key, name) for key, name in rows(folder, "districts.csv", ("key", "name"))
        }
        self.municipalities: Mapping[str, Municipality] = {}
        self._people: dict[str, int] = {}
        names: list[tuple[str, Entry]] = []
        own: dict[str, Municipality] = {}
        head = ("ags", "name", "lower_sorbian", "people")
        for ags, name, sorbian, people in rows(folder, "municipalities.csv", head):
            own[ags] = Municipality(ags, name)
            self._people[ags] = int(people)
            names += _names_of(ags, name, sorbian)
        self.municipalities = own
        names += list(self._district_names())
        names += _localities(folder)
        guessed: dict[str, list[Entry]] = {}
        for name, entry in names:
            guessed.setdefault(name, []).append(entry)
        self.names: Sequence[str] = tuple(guessed)
        """Of districts, municipalities and villages, in Latin letters."""
        self._names = Names(list(guessed))
        self._entries: Sequence[Sequence[Entry]] = list(guessed.values())
        for name, place in rows(folder, "by_hand.csv", ("name", "place")):
            names.append((name, Entry(place, Rank.SHORT)))
        for ags, name in rows(folder, "names.csv", ("ags", "name")):
            names.append((name, Entry(ags, Rank.SHORT)))
        self._check(folder, names)
        self._spelled = index(names)
        self._outside = Outside(folder)
        sized = {ags: own[ags] for ags in sorted(own, key=lambda ags: -self._people[ags])}
        self.postcodes = Postcodes(folder, self.districts, sized, self._spelled, self._outside)
        self._points = Points(folder)

    @classmethod
    def load(cls, folder: Path) -> "Gazetteer":
        """Read the tables of knowledge/places.

        Raises:
            TableError: naming file and line, the problem and the cure.
            ValueError: a number in a table is none.
        """
        return cls(folder)

    def find(self, text: str) -> PlaceMatch:
        """What a typed place, postcode or district may mean, in any script and for any text."""
        typed = tidy(text)
        postcode = self._by_postcode(typed)
        if postcode is not None:
            return postcode
        tokens = words(typed)
        found = self._exactly("".join(tokens)) or self._guess(typed, tokens)
        if not found.municipalities[1:]:
            return found
        return replace(found, villages=self._villages(typed, found.municipalities))

    def at(self, latitude: float, longitude: float) -> PlaceMatch:
        """The municipality at a shared location; `outside` where that is not in the region."""
        near = self._points.near(latitude, longitude)
        places = list(near)
        if not places or near[places[0]] > _TOO_FAR:
            return PlaceMatch(outside=self._outside.nearest(latitude, longitude))
        if places[0] not in self.municipalities:
            return PlaceMatch(outside=places[0])
        reach = _BORDER * near[places[0]] + 1
        close = [place for place in places if near[place] <= reach]
        exact = len(places) == 1 or near[places[1]] >= _BORDER * near[places[0]]
        return PlaceMatch(self._municipalities(close[:_MOST_NEAR]), exact=exact)

    def _by_postcode(self, typed: str) -> PlaceMatch | None:
        for digits in _POSTCODE.findall(typed):
            rest = typed.replace(digits, " ")
            if places := self.postcodes.municipalities_of(digits):
                named = self.find(rest).municipalities if words(rest) else ()
                both = [m.ags for m in named if m.ags in places]
                chosen = both[:1] or places
                around = {ags[:5] for ags in chosen}
                # More than there are buttons: then the district is the way out.
                district = around.pop() if len(chosen) > MOST and len(around) == 1 else None
                found = self._municipalities(chosen)
                return PlaceMatch(found, exact=len(chosen) == 1, district=district)
            outside = self._outside.postcode(digits)
            if outside is not None:
                return PlaceMatch(outside=outside)
        return None

    def _exactly(self, key: str) -> PlaceMatch | None:
        entries = self._spelled.get(key, ())
        outside = self._outside.named(key)
        if not entries:
            return PlaceMatch(outside=outside) if outside else None
        district = next((e.place for e in entries if e.place in self.districts), None)
        ranked = sorted(
            (e for e in entries if e.place in self.municipalities),
            key=lambda e: (-e.rank, -self._people[e.place]),
        )
        if outside and self._outside.is_large(outside):
            ranked = [e for e in ranked if e.rank > Rank.PART]
        chosen = self._municipalities(e.place for e in ranked)
        if district is not None:
            return PlaceMatch(chosen, district=district, exact=not chosen)
        beyond_doubt = len(chosen) == 1 and ranked[0].rank is not Rank.MAYBE
        beyond_doubt = beyond_doubt and not outside and key not in _ALSO_THE_LAND
        # A namesake of ours is asked about; only a name we do not have is outside.
        return PlaceMatch(chosen, None if chosen else outside, exact=beyond_doubt)

    def _in_sentence(self, tokens: tuple[str, ...]) -> PlaceMatch | None:
        """A name among other words; a place of the region goes before one outside."""
        first: PlaceMatch | None = None
        for span in _spans(tokens):
            key = "".join(span)
            found = self._exactly(key) if len(key) > _SHORT_WORD else None
            if found is None or (
                found.outside and not found.municipalities and _beside(span, tokens)
            ):
                continue
            if found.municipalities or found.district:
                # Two words, such as `Berlin Buckow`: the town is named first.
                if first is not None and len(tokens) <= _SPAN:
                    return first
                sure = found.exact and first is None and len(tokens) > _SPAN - 1
                return replace(found, exact=sure)
            first = first or found
        return first

    def _guess(self, typed: str, tokens: tuple[str, ...]) -> PlaceMatch:
        """One name with a slip, else a name in a sentence, else whatever is near."""
        script = script_of(typed)
        scores = self._scores(typed, script, _LEAST[script])
        best = max(scores.values(), default=0.0)
        outside = self._outside.near(typed, script, best)
        if outside is None and best < _SURE_ENOUGH:
            found = self._in_sentence(tokens)
            if found is not None:
                return found
            for word in _long_words(typed):
                for place, score in self._scores(word, script, _IN_A_SENTENCE).items():
                    scores[place] = max(score, scores.get(place, 0.0))
        if outside is not None:
            return PlaceMatch(outside=outside[0])
        ranked = sorted(scores, key=lambda place: -scores[place])
        close = [place for place in ranked if scores[place] > scores[ranked[0]] - _CLOSE]
        if close and close[0] in self.districts:
            # A district is taken without asking, so it must be near and alone.
            lead = scores[close[0]] - (scores[close[1]] if len(close) > 1 else 0.0)
            if scores[close[0]] >= _SURE_DISTRICT and lead >= _ALONE:
                return PlaceMatch(district=close[0])
        return PlaceMatch(self._municipalities(close))

    def _scores(self, text: str, script: Script, least: float) -> dict[str, float]:
        scores: dict[str, float] = {}
        for near in self._names.near(text, script, least):
            for entry in self._entries[near.name]:
                score = near.score + self._weight(entry)
                scores[entry.place] = max(score, scores.get(entry.place, 0.0))
        return scores

    def _villages(self, typed: str, found: Iterable[Municipality]) -> dict[str, str]:
        """What was typed, in those that are not called so themselves but have a part of it."""
        script = script_of(typed)
        asked = {municipality.ags for municipality in found}
        best: dict[str, tuple[float, Rank, str]] = {}
        for near in self._names.near(typed, script, _LEAST[script]):
            name = _IN_BRACKETS.sub("", self.names[near.name])
            for entry in self._entries[near.name]:
                if entry.place in asked:
                    one = (near.score, entry.rank, name)
                    best[entry.place] = max(one, best.get(entry.place, one))
        return {
            ags: name
            for ags, (_, rank, name) in best.items()
            if rank <= Rank.PART and name not in self.municipalities[ags].name
        }

    def _weight(self, entry: Entry) -> float:
        people = self._people.get(entry.place, 0)
        return _WEIGHT[entry.rank] + (math.log10(people + 1) / 100 if entry.rank > Rank.PART else 0)

    def _municipalities(self, places: Iterable[str]) -> tuple[Municipality, ...]:
        known = (self.municipalities[p] for p in dict.fromkeys(places) if p in self.municipalities)
        return tuple(known)[:MOST]

    def _district_names(self) -> Iterator[tuple[str, Entry]]:
        for key, district in self.districts.items():
            if any(
                m.name == district.name and m.district == key for m in self.municipalities.values()
            ):
                continue
            for form in ("{}", "Landkreis {}", "Kreis {}", "LK {}"):
                yield form.format(district.name), Entry(key, Rank.OFFICIAL)

    def _check(self, folder: Path, names: Iterable[tuple[str, Entry]]) -> None:
        known = {*self.municipalities, *self.districts}
        for name, entry in names:
            if entry.place not in known:
                said = Sentence(
                    "`{name}` belongs to {place}, which is neither in municipalities.csv nor in "
                    "districts.csv.",
                    name=name,
                    place=entry.place,
                )
                raise TableError(folder, 0, said)


def _names_of(ags: str, name: str, sorbian: str) -> Iterator[tuple[str, Entry]]:
    yield name, Entry(ags, Rank.OFFICIAL)
    for other in (*variants(name), sorbian, *variants(sorbian)):
        if other:
            yield other, Entry(ags, Rank.SHORT)


def _localities(folder: Path) -> Iterator[tuple[str, Entry]]:
    for name, ags, maybe in rows(folder, "localities.csv", ("name", "ags", "maybe")):
        short = _IN_BRACKETS.sub("", name)
        for form in {name, short}:
            yield form, Entry(ags, Rank.MAYBE if maybe else Rank.PART)
            for other in filter(None, maybe.split("|")):
                yield form, Entry(other, Rank.MAYBE)


def _spans(tokens: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Every run of words, the longest first."""
    for length in range(min(_SPAN, len(tokens) - 1), 0, -1):
        for start in range(len(tokens) - length + 1):
            yield tokens[start : start + length]


def _beside(span: tuple[str, ...], tokens: tuple[str, ...]) -> bool:
    """Such as Berlin in `Bernau bei Berlin`."""
    before = tokens.index(span[0]) - 1
    return before >= 0 and tokens[before] in {"bei", "b", "am", "bai", "бай", "near"}


def _long_words(typed: str) -> list[str]:
    """The words of a sentence that are long enough to be a name."""
    found = _WORD.findall(typed)
    return (
        sorted((w for w in found if len(w) > _SHORT_WORD), key=len)[-3:] if len(found) > 1 else []
    )
