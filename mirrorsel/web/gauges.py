"""How things stand at a moment, as metrics of Prometheus."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric

from mirrorsel.health import Standing, standing
from mirrorsel.model import Health, Mirror, Snapshot, State
from mirrorsel.version import own_version
from mirrorsel.web.realm import Sources

_DISABLED = "disabled"
STATES = (*map(str, Standing), _DISABLED)
"""What a mirror may be: how it stands, or that the operator has it out of service."""

_Known: TypeAlias = Mapping[str, tuple[Mirror, Health]]
Values: TypeAlias = Mapping[tuple[str, ...], float]
"""Values by those of the labels."""


def mirror_families(sources: Sources, now: datetime) -> Iterator[Metric]:
    """Yield what is known of the mirrors of the list."""
    known = _known(sources)
    states = Counter(_state(*one) for one in known.values())
    yield gauge(
        "mirrorsel_mirrors",
        "Mirrors of the list, by state.",
        {(state,): states[state] for state in STATES},
        "state",
    )
    for name, about, values in _by_mirror(known, now):
        labelled: Values = {(url,): value for url, value in values.items()}
        yield gauge(f"mirrorsel_mirror_{name}", about, labelled, "mirror")


def system_families(
    sources: Sources, now: datetime, *, list_errors: int, shared: bool
) -> Iterator[Metric]:
    """Yield what is known of mirrorsel itself and of what it reads."""
    yield InfoMetricFamily(
        "mirrorsel_build",
        "The version that answers.",
        value={"version": own_version()},
    )
    yield gauge(
        "mirrorsel_counters_shared",
        "Whether the counts are those of all processes.",
        {(): shared},
    )
    yield gauge(
        "mirrorsel_list_errors",
        "Errors of the list of mirrors as it is now; with any, an older one counts.",
        {(): list_errors},
    )
    yield from _age_families(sources, now)
    yield from _checker_families(sources.snapshot, now)


def _age_families(sources: Sources, now: datetime) -> Iterator[Metric]:
    yield gauge(
        "mirrorsel_list_age_seconds",
        "Since when the list of mirrors has not been edited.",
        _age(_edited(sources.settings.list_file), now),
    )
    yield gauge(
        "mirrorsel_geoip_age_seconds",
        "How old the GeoIP databases are.",
        {
            (name,): now.timestamp() - one.built
            for name, one in sources.locator.databases.items()
        },
        "database",
    )


def _checker_families(snapshot: Snapshot | None, now: datetime) -> Iterator[Metric]:
    yield gauge(
        "mirrorsel_snapshot_age_seconds",
        "How long ago the checker has written what it saw.",
        _age(snapshot.taken if snapshot else None, now),
    )
    yield gauge(
        "mirrorsel_frozen",
        "Whether the checker does not believe what it sees.",
        {(): snapshot.frozen} if snapshot else {},
    )
    yield gauge(
        "mirrorsel_origin_stamp_age_seconds",
        "How old the stamp of the origin is.",
        _age(snapshot.origin_stamp if snapshot else None, now),
    )


def _known(sources: Sources) -> _Known:
    health = sources.snapshot.health if sources.snapshot else {}
    return {
        one.url: (one, health.get(one.url, Health())) for one in sources.mirrors.mirrors
    }


def _state(mirror: Mirror, health: Health) -> str:
    return standing(health).value if mirror.disabled is None else _DISABLED


def _by_mirror(
    known: _Known, now: datetime
) -> Iterator[tuple[str, str, Mapping[str, float]]]:
    """Yield names, sentences and values by URL, of what is known of each mirror."""
    probed = {
        url: health
        for url, (mirror, health) in known.items()
        if health.checked is not None and mirror.disabled is None
    }
    for name, about, value in _TOLD:
        values = {url: value(health, now) for url, health in probed.items()}
        yield name, about, {url: one for url, one in values.items() if one is not None}


def _up(health: Health, _now: datetime) -> float | None:
    return None if health.state is State.UNKNOWN else health.state is State.UP


def _stale(health: Health, _now: datetime) -> float | None:
    return health.stale


def _stamp_age(health: Health, now: datetime) -> float | None:
    return (now - health.stamp).total_seconds() if health.stamp else None


def _expiry(health: Health, now: datetime) -> float | None:
    shown = health.certificate
    return (shown.expiry - now).total_seconds() if shown else None


def _probe(health: Health, _now: datetime) -> float | None:
    return health.seconds


_TOLD: tuple[tuple[str, str, Callable[[Health, datetime], float | None]], ...] = (
    ("up", "Whether a mirror is up; absent while that is not known.", _up),
    ("stale", "Whether a mirror lags behind.", _stale),
    ("stamp_age_seconds", "How old the stamp of a mirror is.", _stamp_age),
    (
        "certificate_expiry_seconds",
        "How long a mirror's certificate is still valid.",
        _expiry,
    ),
    ("probe_seconds", "How long the last probe of a mirror took.", _probe),
)


def gauge(name: str, about: str, values: Values, *labels: str) -> Metric:
    """Return a gauge.

    Args:
        name: Its whole name.
        about: A sentence.
        values: Its values by those of the labels.
        labels: The names of the labels.

    """
    family = GaugeMetricFamily(name, about, labels=labels)
    for label, value in values.items():
        family.add_metric(label, float(value))
    return family


def _age(since: datetime | None, now: datetime) -> Values:
    return {(): (now - since).total_seconds()} if since else {}


def _edited(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, OverflowError, ValueError):
        return None
