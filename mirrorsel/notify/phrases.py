"""What is said of one event: what it is, why it came, and what to do."""

from mirrorsel.health import Standing
from mirrorsel.model import Outcome
from mirrorsel.notify.event import Event
from mirrorsel.printable import one_line
from mirrorsel.words import why

_HEADLINES = {
    Standing.UNKNOWN: "is not known well enough to be judged",
    Standing.UP: "is up",
    Standing.STALE: "is stale",
    Standing.DOWN: "is down",
    Standing.QUARANTINED: "is in quarantine",
}
_SYNCHRONISE = "let the synchronisation run again, and see that it ends well."
_AS_FILES = "let the server send every file as it lies there, to everybody."
_REMEDIES = {
    Outcome.TIMEOUT: "see whether the server is overloaded, or a firewall is silent.",
    Outcome.DEADLINE: "see whether the server or its line is overloaded.",
    Outcome.REFUSED: "see whether the server runs, and whether a firewall refuses.",
    Outcome.DNS: "see whether the name still has its addresses in the DNS.",
    Outcome.TLS: "see whether the server speaks TLS 1.2 or newer.",
    Outcome.CERT_EXPIRED: "renew the certificate.",
    Outcome.CERT_NOT_YET_VALID: "see whether the certificate is the right one.",
    Outcome.CERT_WRONG_NAME: "get a certificate for the name in the URL.",
    Outcome.CERT_UNKNOWN_ISSUER: (
        "let the server send a certificate of a public authority, with those"
        " between it and the root."
    ),
    Outcome.STATUS: _AS_FILES,
    Outcome.REDIRECTED: "let the server send files itself, or tell us its new URL.",
    Outcome.TOO_LARGE: _SYNCHRONISE,
    Outcome.SOFT_404: "let the server answer 404 for what it does not have.",
    Outcome.BAD_STAMP: _SYNCHRONISE,
    Outcome.MISSING: _SYNCHRONISE,
    Outcome.BAD_SIZE: _SYNCHRONISE,
    Outcome.BAD_HASH: _SYNCHRONISE,
    Outcome.ENCODED: "let the server send archives without Content-Encoding.",
    Outcome.FORBIDDEN_ADDRESS: "see whether the name has public addresses only.",
    Outcome.PROTOCOL: "see whether the server still speaks the protocol of its URL.",
}


def headline(standing: Standing) -> str:
    """Return how a mirror stands, in words that follow its name."""
    return _HEADLINES[standing]


def cause(event: Event) -> str:
    """Return why a mirror is out of the choice, as a sentence; empty if it is not."""
    health = event.health
    if event.after is Standing.QUARANTINED:
        return f"Why: {one_line(health.quarantine)}."
    if event.after is Standing.STALE:
        stamp = f": they are of {health.stamp:%Y-%m-%d %H:%M}" if health.stamp else ""
        return f"Why: its files are too old{stamp}."
    if event.after is Standing.DOWN and health.outcome is not None:
        return f"Why: {one_line(why(health.outcome, health.detail, event.mirror.url))}."
    return ""


def remedy(event: Event) -> str:
    """Return what its own people can do, as a sentence; empty for nothing."""
    if event.after is Standing.STALE:
        return f"Please {_SYNCHRONISE}"
    if event.after is Standing.DOWN and event.health.outcome in _REMEDIES:
        return f"Please {_REMEDIES[event.health.outcome]}"
    return ""
