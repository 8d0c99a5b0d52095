"""The account by which MaxMind knows its customers."""

import base64
from dataclasses import dataclass, field

from mirrorsel.config import Settings
from mirrorsel.errors import SupplyError
from mirrorsel.secret import read_secret

_HIDDEN = "(hidden)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account with its licence key, which is shown nowhere."""

    number: int
    key: str = field(repr=False)

    @property
    def authorization(self) -> str:
        """The header `Authorization` (RFC 7617)."""
        return f"Basic {self._encoded()}"

    def hide(self, text: str) -> str:
        """Return a text without the key, should somebody have sent it back."""
        for secret in (self.key, self._encoded()):
            text = text.replace(secret, _HIDDEN)
        return text

    def _encoded(self) -> str:
        pair = f"{self.number}:{self.key}"
        return base64.b64encode(pair.encode()).decode()


def read_account(settings: Settings) -> Account | None:
    """Return the account of the settings; None if they name none.

    Raises:
        SupplyError: its licence key cannot be read.

    """
    geoip = settings.geoip
    if not geoip.account_id:
        return None
    path = settings.path(geoip.licence_key_file)
    try:
        key = read_secret(path)
    except OSError as error:
        message = f"{path}: the licence key cannot be read: {error.strerror}"
        raise SupplyError(message) from error
    except ValueError as error:
        message = f"{path}: the licence key cannot be used: {error}"
        raise SupplyError(message) from error
    if not key.isascii() or not key.isprintable() or " " in key:
        raise SupplyError(f"{path}: there must be a licence key and nothing else")
    return Account(number=geoip.account_id, key=key)
