"""How a German place name sounds, seen through German, Cyrillic and Arabic spelling.

Ukrainian and Russian write German names by ear (Нойруппин, Гафель or Хафель), Arabic and Persian
leave the short vowels out.  Each function maps its spelling to the same small alphabet, so that
names can be compared across scripts without a table for each name:
a e i o u, b d f g h k l m n p r s t v, and c (German z).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable

from bot.places.scripts import words

Rules = tuple[tuple[re.Pattern[str], str], ...]


def _rules(*pairs: tuple[str, str]) -> Callable[[str], str]:
    compiled: Rules = tuple((re.compile(pattern), to) for pattern, to in pairs)

    def apply(text: str) -> str:
        for pattern, to in compiled:
            text = pattern.sub(to, text)
        return text

    return apply


_DOUBLED = (r"(.)\1+", r"\1")

_german = _rules(
    (r"tsch|tzsch|zsch", "cs"),
    (r"chs|x", "ks"),
    (r"sch", "s"),
    (r"ch", "h"),
    (r"ck|q", "k"),
    (r"tz|ts|z", "c"),
    (r"dt|th", "t"),
    (r"ph|v", "f"),
    (r"w", "v"),
    (r"(?<=[aeiouyäöü])h(?![aeiouyäöü])", ""),
    (r"äu|eu|oi", "oi"),
    (r"ei|ey|ay|ai", "ai"),
    (r"ie|ih|y", "i"),
    (r"ä|ö", "e"),
    (r"ü", "u"),
    (r"j", "i"),
    (r"[^a-z\n]", ""),
    _DOUBLED,
)

_cyrillic = _rules(
    (r"[^а-џґѓҐһүўөꙗѐ-ӿ\n]|[ьъ]", ""),
    (r"дт|тх", "т"),
    (r"тц|тс|ц", "c"),
    (r"тч|ч", "cs"),
    (r"ей|эй|ай|аи|еи|ея|ае", "ai"),
    (r"ой|ои|ою|ёй|ої|оі", "oi"),
    (r"ие|ії|іе|ій|ий|иі|ые|ый", "i"),
    (r"[шщсзжѕ]", "s"),
    (r"[гхґһ]", "h"),
    (r"а", "a"),
    (r"[еэёєө]", "e"),
    (r"[иіыйјї]", "i"),
    (r"о", "o"),
    (r"[уюүў]", "u"),
    (r"я", "ia"),
    (r"б", "b"),
    (r"в", "v"),
    (r"д", "d"),
    (r"к", "k"),
    (r"[лљ]", "l"),
    (r"м", "m"),
    (r"[нњ]", "n"),
    (r"п", "p"),
    (r"р", "r"),
    (r"т", "t"),
    (r"ф", "f"),
    (r"[^a-z\n]", ""),
    _DOUBLED,
)

_arabic = _rules(
    (r"^و|و(?=[او])", "f"),
    (r"تش|چ|تچ", "cs"),
    (r"تس|تز|تص|ژ", "c"),
    (r"[شسصزثذظ]", "s"),
    (r"[جغقكگڭ]", "k"),
    (r"ه$", ""),
    (r"[حخه]", "h"),
    (r"[بپ]", "b"),
    (r"[تطدضٹڈ]", "t"),
    (r"[فڤ]", "f"),
    (r"و", "u"),
    (r"[يی]", "i"),
    (r"[اع]", "a"),
    (r"[رڑ]", "r"),
    (r"ل", "l"),
    (r"م", "m"),
    (r"ن", "n"),
    (r"[^a-z\n]", ""),
    _DOUBLED,
)

_to_arabic = _rules((r"ow\b", "o"), (r"(?<=[eiyäöünlr])ch", "sch"))

_vowels = _rules(
    (r"e", ""),
    (r"o", "u"),
    (r"p", "b"),
    (r"d", "t"),
    (r"v", "f"),
    (r"c", "s"),
    (r"g", "k"),
)

_skeleton = _rules((r"[aiu]", ""))


def german_sounds(names: Iterable[str]) -> list[str]:
    """Each name in one sweep: `Königs Wusterhausen` -> `kenigsvusterhausen`."""
    text = unicodedata.normalize("NFC", "\n".join(names).casefold())
    return _german(text.replace("ß", "ss").replace("š", "sch")).split("\n")


def cyrillic_sound(name: str) -> str:
    """`Кенігс-Вустергаузен` -> `kenihsvusterhausen`; `г` is a German g or h, so both become h."""
    return _cyrillic(unicodedata.normalize("NFC", name.casefold()))


def arabic_sound(name: str) -> str:
    """Consonants, with the long vowels that Arabic writes."""
    return "".join(_arabic(word) for word in words(name))


def as_in_cyrillic(sound: str) -> str:
    """A German sound as far as Cyrillic spelling can tell."""
    return sound.replace("g", "h")


def german_for_arabic(names: Iterable[str]) -> list[str]:
    """As Arabic writes it: no final w in -ow, `ch` as in `ich` like `sch`, short e left out."""
    text = unicodedata.normalize("NFC", "\n".join(names).casefold())
    return _vowels(_german(_to_arabic(text.replace("ß", "ss").replace("š", "sch")))).split("\n")


def arabic_vowels(sound: str) -> str:
    """A sound from Arabic letters, as far as it can be compared with `german_for_arabic`."""
    return _vowels(sound)


def skeleton(sound: str) -> str:
    """The consonants of a sound: all that Arabic spelling is sure to keep."""
    return _skeleton(sound)
