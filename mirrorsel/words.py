"""How what probes saw is said to a person."""

from datetime import datetime
from urllib.parse import urlsplit

from mirrorsel.model import Attempt, Caution, Health, Mirror, Outcome, Reach

_UNITS = (("d", 86400), ("h", 3600), ("min", 60))
_WORDS = {
    Outcome.OK: "answers",
    Outcome.TIMEOUT: "no answer in time",
    Outcome.DEADLINE: "answer too slow",
    Outcome.REFUSED: "no connection",
    Outcome.NO_ROUTE: "no way there from here",
    Outcome.DNS: "name not found",
    Outcome.TLS: "TLS failed",
    Outcome.CERT_EXPIRED: "certificate expired",
    Outcome.CERT_NOT_YET_VALID: "certificate not yet valid",
    Outcome.CERT_WRONG_NAME: "certificate of another name",
    Outcome.CERT_UNKNOWN_ISSUER: "certificate of an unknown issuer",
    Outcome.STATUS: "bad status",
    Outcome.REDIRECTED: "bad redirect",
    Outcome.TOO_LARGE: "answer too large",
    Outcome.SOFT_404: "web page in place of a file",
    Outcome.BAD_STAMP: "bad freshness stamp",
    Outcome.MISSING: "file missing",
    Outcome.BAD_SIZE: "wrong size",
    Outcome.BAD_HASH: "wrong content",
    Outcome.ENCODED: "answer encoded",
    Outcome.FORBIDDEN_ADDRESS: "address not allowed",
    Outcome.PROTOCOL: "broken answer",
    Outcome.NO_CLIENT: "not probed",
    Outcome.DEFECT: "defect of the probe",
}


def counted(number: int, thing: str, things: str = "") -> str:
    """Return a number of things, as in "1 mirror" and "1,200 mirrors"."""
    return f"{number:,} {thing if number == 1 else things or f'{thing}s'}"


def age(moment: datetime, now: datetime) -> str:
    """Return how long ago a moment was, as in "5 min" or "2 d"."""
    return span(max(0.0, (now - moment).total_seconds()))


def span(seconds: float) -> str:
    """Return how long something lasts, as in "5 min" or "2 d"."""
    for unit, length in _UNITS:
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds:.0f} s"


def age_or_dash(moment: datetime | None, now: datetime) -> str:
    """Return how long ago a moment was; "-" for none."""
    return "-" if moment is None else age(moment, now)


def took(seconds: float) -> str:
    """Return how long a probe took, as in "0.31 s"."""
    return f"{seconds:.2f} s"


def why(outcome: Outcome, detail: str, url: str) -> str:
    """Return how a probe of a URL ended, in words, without the host again."""
    more = _without_host(detail, url) if detail else ""
    return f"{_WORDS[outcome]}: {more}" if more else _WORDS[outcome]


def why_changed(outcome: Outcome, detail: str, url: str, *, stale: bool) -> str:
    """Return by which probe a change of state was decided, in words."""
    if stale and outcome is Outcome.OK:
        return f"{_WORDS[outcome]}, with a tree that is too old"
    return why(outcome, detail, url)


def why_not_probed(mirror: Mirror) -> str:
    """Return why the checker leaves a mirror alone, in words."""
    return f"disabled: {mirror.disabled}" if mirror.disabled else "disabled"


def belief(health: Health | None) -> str:
    """Return what the checker believes of a mirror; "-" if it does not know it."""
    if health is None:
        return "-"
    if health.quarantine:
        return "quarantine"
    return f"{health.state}, stale" if health.stale else str(health.state)


def where(mirror: Mirror) -> str:
    """Return where the list places a mirror."""
    return "Backup" if mirror.backup else mirror.country or "-"


def quarantine(health: Health) -> str:
    """Return why a mirror is in quarantine, and what ends it, after its URL."""
    return (
        f"is in quarantine: {health.quarantine}; to lift it, disable its line, wait"
        " for a round, and enable it again"
    )


def lagging(stamp: datetime | None, reference: datetime | None) -> str:
    """Return that a mirror is stale, and how far behind the origin, after its URL."""
    if stamp is None or reference is None:
        return "is stale"
    return f"is stale: its tree is {age(stamp, reference)} behind"


def over_family(attempt: Attempt | None) -> str:
    """Return whether a mirror answered over an IP family; "-" if it was not tried."""
    if attempt is None or attempt.outcome is Outcome.NO_ROUTE:
        return "-"
    return "yes" if attempt.outcome is Outcome.OK else "no"


def last_probe(health: Health, url: str) -> str:
    """Return how the last probe of a URL ended; "" before the first.

    Of a good one it says over which IP family there was no answer.
    """
    if health.outcome is None:
        return ""
    words = why(health.outcome, health.detail, url)
    if health.outcome is not Outcome.OK:
        return words
    reaches = {"IPv4": health.ipv4, "IPv6": health.ipv6}
    silent = [name for name, one in reaches.items() if one.streak < 0]
    return f"{words}, but not over {silent[0]}" if len(silent) == 1 else words


def warning(caution: Caution, health: Health, now: datetime) -> str:
    """Return what is to be warned of a mirror, in words that follow its URL."""
    match caution:
        case Caution.CERTIFICATE:
            return f"has a certificate that {_end(health, now)}"
        case Caution.HTTPS_TWIN:
            return "is listed by http, and answers by https as well"
        case Caution.ISSUER | Caution.TARGET:
            return _drifted(caution, health, now)
        case Caution.IPV4:
            return f"does not answer over IPv4{_more(health.ipv4)}"
        case Caution.IPV6:
            return f"does not answer over IPv6{_more(health.ipv6)}"
        case Caution.SLOW:
            return f"is slow: it takes {took(health.pace or 0.0)} to answer on average"


def _without_host(detail: str, url: str) -> str:
    host = urlsplit(url).hostname
    if host:
        for start in (f"{host}: ", f"{host} "):
            if detail.startswith(start):
                return detail.removeprefix(start)
    return detail


def _end(health: Health, now: datetime) -> str:
    end = health.certificate.expiry if health.certificate else now
    return f"ends in {age(now, end)}" if end > now else f"ended {age(end, now)} ago"


def _drifted(caution: Caution, health: Health, now: datetime) -> str:
    drift = health.drift
    if drift is None:
        return f"has another {caution} than before"
    what = "has a certificate of" if caution is Caution.ISSUER else "is answered by"
    before, after = drift.before or "itself", drift.after or "itself"
    return f"{what} {after} since {age(drift.at, now)}, before that {before}"


def _more(reach: Reach) -> str:
    if reach.outcome is None:
        return ""
    return f": {why(reach.outcome, reach.detail, '')}"
