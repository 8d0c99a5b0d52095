"""Why a certificate was not accepted."""

import ssl
from collections.abc import Iterable

from urllib3.util.ssl_match_hostname import CertificateError

from mirrorsel.model import Outcome

# The X509_V_ERR_* codes of OpenSSL's x509_vfy.h.
_CODES = {
    9: Outcome.CERT_NOT_YET_VALID,
    10: Outcome.CERT_EXPIRED,
    18: Outcome.CERT_UNKNOWN_ISSUER,  # signed by itself
    19: Outcome.CERT_UNKNOWN_ISSUER,  # below a root that is not trusted
    20: Outcome.CERT_UNKNOWN_ISSUER,  # below an issuer that was not sent
    21: Outcome.CERT_UNKNOWN_ISSUER,  # alone, and of an issuer that was not sent
    62: Outcome.CERT_WRONG_NAME,
    64: Outcome.CERT_WRONG_NAME,  # the same of an IP address
}


def why_no_tls(causes: Iterable[BaseException]) -> Outcome:
    """Return what went wrong where TLS did.

    Args:
        causes: The exception, and all that it wraps.

    """
    for one in causes:
        # urllib3 compares the name by itself, when the handshake is over.
        if isinstance(one, CertificateError):
            return Outcome.CERT_WRONG_NAME
        if isinstance(one, ssl.SSLCertVerificationError):
            return _CODES.get(one.verify_code, Outcome.TLS)
    return Outcome.TLS
