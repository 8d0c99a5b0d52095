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

    Its histories begin with that. A mirror that was never probed is left out: it is
    a new one to mirmon, which would take the fields of its line for one another, for
    one of them would be empty.
    """
    known = listing.snapshot.health if listing.snapshot else {}
    return "".join(
        _state(one.url, known[one.url])
        for one in _written(listing.mirrors)
        if one.url in known
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


def _state(url: str, health: Health) -> str:
    if health.checked is None:
        return ""
    last = _seconds(health.checked)
    stamp = _UNDEFINED if health.stamp is None else _seconds(health.stamp)
    if health.state is State.DOWN:
        status, good, probes, states = (
            health.outcome or _UNDEFINED,
            _UNDEFINED,
            "f",
            _BAD,
        )
    else:
        status, good, probes, states = "ok", last, "s", _OLD if health.stale else _FRESH
    return f"{url} {stamp} {status} {good} {probes} {last}-{states} {last}\n"


def _seconds(time: datetime) -> str:
    return str(int(time.timestamp()))
