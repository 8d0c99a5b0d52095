"""What the people of a mirror can do when it is out of the choice."""

from mirrorsel.health import Standing, standing
from mirrorsel.model import Health, Outcome

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


def remedy(health: Health) -> str:
    """Return what its own people can do, as a sentence; empty for nothing."""
    stands = standing(health)
    if stands is Standing.STALE:
        return f"Please {_SYNCHRONISE}"
    if stands is Standing.DOWN and health.outcome in _REMEDIES:
        return f"Please {_REMEDIES[health.outcome]}"
    return ""
