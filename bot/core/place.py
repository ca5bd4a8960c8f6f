"""Where somebody lives: a municipality of the region, in one of its districts."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class District:
    key: str
    """Five digits."""
    name: str


@dataclass(frozen=True, slots=True)
class Municipality:
    ags: str
    """Amtlicher Gemeindeschlüssel, eight digits; the first five are the district's key."""
    name: str

    @property
    def district(self) -> str:
        return self.ags[:5]


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """What a typed place, a postcode or a location may mean, best first, at most five."""

    municipalities: tuple[Municipality, ...] = ()
    outside: str | None = None
    """The name of a known place that is not in the region; never beside municipalities."""
    exact: bool = False
    """The first municipality is meant beyond doubt: no need to ask back."""
    district: str | None = None
    """The key of a whole district, where that is what was typed."""
    villages: Mapping[str, str] = field(default_factory=dict)
    """AGS -> the village that was typed, where it is only a part of that municipality."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A municipality that a typed place may be."""

    ags: str
    village: str | None = None
    """The part of it that was typed."""
