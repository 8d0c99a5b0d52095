"""What an operator may decide about health."""

from dataclasses import dataclass

from mirrorsel.setting import duration, number, setting, whole

_DAY = 86400


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthPolicy:
    """The section `[health]` of the settings."""

    rise: int = setting(whole(1, 20), 2, "Good probes in a row that bring a mirror up.")
    fall: int = setting(whole(1, 20), 3, "Bad probes in a row that take a mirror down.")
    stale_after: float = setting(
        duration(60, 90 * _DAY),
        "24h",
        "How far a mirror's freshness stamp may lie behind the origin's before the"
        " mirror counts as stale.",
    )
    fresh_within: float = setting(
        duration(60, 90 * _DAY),
        "20h",
        "How near to the origin's stamp a stale mirror must come to count as fresh"
        " again; not more than `stale_after`.",
    )
    freeze_share: float = setting(
        number(0.1, 1),
        0.9,
        "When at least this share of the mirrors that are not down fail, and neither"
        " the canaries answer nor, where none are named, the origin, the checker"
        " blames its own network and changes no state.",
    )
    certificate_within: float = setting(
        duration(60, 90 * _DAY),
        "14d",
        "How long before its end a mirror's certificate is warned of.",
    )
    slow_after: float = setting(
        duration(0.1, 300),
        "5s",
        "A mirror that takes longer than this to answer, on average, is warned of.",
    )
    drift_told: float = setting(
        duration(60, 90 * _DAY),
        "7d",
        "How long it is told that a mirror's certificate came from another issuer, or"
        " that it redirects to another host than before.",
    )
