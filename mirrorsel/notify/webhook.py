"""Messages to a program, posted to its URL."""

from http import HTTPStatus
from urllib.parse import urlsplit

from mirrorsel.config import Settings
from mirrorsel.errors import FetchError
from mirrorsel.net import Limits, plain
from mirrorsel.net.post import post
from mirrorsel.notify.failure import Failure
from mirrorsel.notify.payload import SIGNATURE, signature
from mirrorsel.secret import read_secret

# Those of the client's errors after which another try is not in vain.
_PASSING = {
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.TOO_EARLY,
    HTTPStatus.TOO_MANY_REQUESTS,
}


def send_hook(settings: Settings, body: bytes, limits: Limits) -> Failure | None:
    """Post a body to the webhook; return None if it was taken.

    With a secret it is signed; without the secret that the settings name, nothing
    is sent.
    """
    headers = {"Content-Type": "application/json", "User-Agent": "mirrorsel"}
    name = settings.notify.webhook_secret_file
    if name:
        try:
            secret = read_secret(settings.path(name))
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            return Failure(words=f"the secret file {name} cannot be used: {reason}")
        headers[SIGNATURE] = signature(body, secret.encode())
    return _post(settings.notify.webhook, body, headers, limits)


def _post(
    url: str, body: bytes, headers: dict[str, str], limits: Limits
) -> Failure | None:
    try:
        answer = post(url, body, headers, limits)
    except FetchError as error:
        # A webhook's URL is often a secret, and its host tells enough.
        host = urlsplit(url).netloc
        return Failure(words=f"{host}: {error.detail.replace(url, host)}")
    if HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        return None
    return Failure(
        words=f"{urlsplit(url).netloc}: {answer.status} {plain(answer.reason)}".strip(),
        final=_is_final(answer.status),
    )


def _is_final(status: int) -> bool:
    """Return whether the same request would be refused again (RFC 9110, section 15).

    A redirect is not followed, so it is such a refusal.
    """
    return status < HTTPStatus.INTERNAL_SERVER_ERROR and status not in _PASSING
