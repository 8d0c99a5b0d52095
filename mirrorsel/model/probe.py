"""What one probe saw."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """How a probe ended."""

    OK = "ok"
    TIMEOUT = "timeout"
    """One wait for the network took too long."""
    DEADLINE = "deadline"
    """The whole probe took too long, though data may have trickled in."""
    REFUSED = "refused"
    """The connection was refused, reset or never possible."""
    NO_ROUTE = "no_route"
    """This machine has no way to any address of that IP family."""
    DNS = "dns"
    TLS = "tls"
    """TLS failed in a way that is none of the next four."""
    CERT_EXPIRED = "cert_expired"
    CERT_NOT_YET_VALID = "cert_not_yet_valid"
    CERT_WRONG_NAME = "cert_wrong_name"
    CERT_UNKNOWN_ISSUER = "cert_unknown_issuer"
    STATUS = "status"
    REDIRECTED = "redirected"
    """A redirect to another file name, to plain http, or one too many."""
    TOO_LARGE = "too_large"
    SOFT_404 = "soft_404"
    """A web page came with status 200 in the place of a file."""
    BAD_STAMP = "bad_stamp"
    MISSING = "missing"
    """The stamp is there, a file of the published tree is not."""
    BAD_SIZE = "bad_size"
    BAD_HASH = "bad_hash"
    ENCODED = "encoded"
    FORBIDDEN_ADDRESS = "forbidden_address"
    PROTOCOL = "protocol"
    """The answer was not of the protocol that was spoken, or broke off."""
    NO_CLIENT = "no_client"
    """The program that speaks the protocol is not installed on this machine."""
    DEFECT = "defect"
    """The probe itself failed, which tells nothing of the mirror."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What is kept of the certificate that a mirror showed."""

    expiry: datetime
    """The end of its validity."""
    issuer: str = ""
    """The organisation that issued it, else the common name of the issuer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """How the stamp was asked for over one IP family."""

    family: int
    """4 or 6."""
    outcome: Outcome
    detail: str = ""
    """For a person; may contain text that the mirror sent."""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeResult:
    """What one probe of one mirror saw.

    It is good when the stamp came over at least one IP family, and the sample
    that was compared, if one was, is as in the published tree.
    """

    url: str
    at: datetime
    outcome: Outcome
    detail: str = ""
    """For a person; may contain text that the mirror sent."""
    seconds: float = 0.0
    """From the start to the end of the probe."""
    attempts: tuple[Attempt, ...] = ()
    """One for each IP family of which the host has an address that was tried."""
    stamp: datetime | None = None
    certificate: Certificate | None = None
    """Of the last TLS connection; None without one."""
    target: str = ""
    """The host, with its port if it has one, that answered after redirects."""
    sample: str = ""
    """The file that was compared, below the base; empty if none was."""
    start: int = 0
    """Where in that file the piece began that was compared."""
    https_twin: bool | None = None
    """Whether an http mirror is there by https too; None if that was not asked."""
