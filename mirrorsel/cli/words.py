"""How what probes saw is said to a person."""

import re
from datetime import datetime
from urllib.parse import urlsplit

from mirrorsel.cli.layout import age
from mirrorsel.model import Health, Mirror, Outcome

_WORDS = {
    Outcome.OK: "answers",
    Outcome.TIMEOUT: "no answer in time",
    Outcome.DEADLINE: "answer too slow",
    Outcome.REFUSED: "no connection",
    Outcome.DNS: "name not found",
    Outcome.TLS: "TLS failed",
    Outcome.CERT_EXPIRED: "certificate expired",
    Outcome.STATUS: "bad status",
    Outcome.REDIRECTED: "bad redirect",
    Outcome.TOO_LARGE: "answer too large",
    Outcome.BAD_STAMP: "bad freshness stamp",
    Outcome.BAD_SIZE: "wrong size",
    Outcome.BAD_HASH: "wrong content",
    Outcome.ENCODED: "answer encoded",
    Outcome.FORBIDDEN_ADDRESS: "address not allowed",
    Outcome.PROTOCOL: "broken answer",
    Outcome.DEFECT: "defect of the probe",
}


def age_or_dash(moment: datetime | None, now: datetime) -> str:
    """Return how long ago a moment was; "-" for none."""
    return "-" if moment is None else age(moment, now)


def took(seconds: float) -> str:
    """Return how long a probe took, as in "0.31 s"."""
    return f"{seconds:.2f} s"


def why(outcome: Outcome, detail: str, url: str) -> str:
    """Return how a probe of a URL ended, in words, without the host again."""
    host = re.escape(urlsplit(url).hostname or "")
    more = re.sub(rf"^{host}(: | )", "", detail) if host else detail
    return f"{_WORDS[outcome]}: {more}" if more else _WORDS[outcome]


def why_not_probed(mirror: Mirror) -> str:
    """Return why the checker leaves a mirror alone, in words."""
    if mirror.disabled is None:
        return "only http mirrors are probed"
    return f"disabled: {mirror.disabled}" if mirror.disabled else "disabled"


def belief(health: Health | None) -> str:
    """Return what the checker believes of a mirror; "-" if it does not know it."""
    if health is None:
        return "-"
    return f"{health.state}, stale" if health.stale else str(health.state)


def where(mirror: Mirror) -> str:
    """Return where the list places a mirror."""
    return "Backup" if mirror.backup else mirror.country or "-"
