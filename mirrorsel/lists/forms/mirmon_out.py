"""Writing the files of mirmon: its state and its lists."""

from collections.abc import Callable, Iterable
from datetime import datetime

from mirrorsel.lists.forms.form import Listing
from mirrorsel.lists.forms.mirmon import Style
from mirrorsel.lists.line import place_word
from mirrorsel.model import Health, Mirror, MirrorList, State

_UNDEFINED = "undef"
_BAD, _OLD, _FRESH = "z", "f", "s"


def write_mirmon_list(style: Style) -> Callable[[Listing], str]:
    """Return what writes a list in a style, without the mirrors out of service."""

    def write(listing: Listing) -> str:
        return "".join(_line(one, style) for one in _written(listing.mirrors))

    return write


def write_mirmon_state(listing: Listing) -> str:
    """Return the state that mirmon would have of what the checker saw.

    Its histories begin with that. A mirror that was never seen is a new one.
    """
    seen = listing.snapshot
    known = seen.health if seen else {}
    taken = seen.taken if seen else None
    return "".join(
        _state(one.url, known.get(one.url, Health(stamp=one.stamp)), taken)
        for one in _written(listing.mirrors)
    )


def _written(mirrors: MirrorList) -> Iterable[Mirror]:
    """Return the mirrors in service, each URL once: the first, as in a list of ours."""
    found: dict[str, Mirror] = {}
    for one in mirrors.mirrors:
        if one.disabled is None:
            found.setdefault(one.url, one)
    return found.values()


def _line(mirror: Mirror, style: Style) -> str:
    contact = "" if mirror.contact is None else f"\t{mirror.contact}"
    line = f"{place_word(mirror)}\t{mirror.url}{contact}\n"
    return line if style is Style.PLAIN else f"{mirror.kind}\t{line}"


def _state(url: str, health: Health, taken: datetime | None) -> str:
    down, last = health.state is State.DOWN, _time(health.checked)
    good = _UNDEFINED if down else last
    if health.checked is None:
        status, probes, states = _UNDEFINED, "", _BAD
    elif down:
        status, probes, states = health.outcome or _UNDEFINED, "f", _BAD
    else:
        status, probes, states = "ok", "s", _OLD if health.stale else _FRESH
    since = _seconds(health.checked or taken)
    fields = (_time(health.stamp), status, good, probes, f"{since}-{states}", last)
    return f"{url} {' '.join(fields)}\n"


def _time(time: datetime | None) -> str:
    return _UNDEFINED if time is None else _seconds(time)


def _seconds(time: datetime | None) -> str:
    return "0" if time is None else str(int(time.timestamp()))
