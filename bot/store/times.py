"""Moments as numbers: microseconds where something is due, whole hours everywhere else."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_HOUR = timedelta(hours=1)


def microseconds(moment: datetime) -> int:
    """Since 1970 in UTC; a moment without a zone raises TypeError instead of being guessed."""
    return (moment - _EPOCH) // _MICROSECOND


def moment(microseconds: int) -> datetime:
    """The other way, in UTC."""
    return _EPOCH + microseconds * _MICROSECOND


def hour(moment: datetime) -> int:
    """The hour that has begun, counted from 1970 in UTC."""
    return (moment - _EPOCH) // _HOUR


def last_hour(moment: datetime) -> int:
    """Rounded up: kept at most an hour too long on the disk, never too short."""
    return -((_EPOCH - moment) // _HOUR)
