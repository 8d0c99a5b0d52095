"""The makers of databases, by the names that settings know."""

import ipaddress
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from mirrorsel.config import Settings
from mirrorsel.errors import SupplyError
from mirrorsel.supply.account import read_account
from mirrorsel.supply.dbip import DBIP_URL, DbIp
from mirrorsel.supply.maxmind import MAXMIND_URL, MaxMind
from mirrorsel.supply.order import DBIP
from mirrorsel.supply.transfer import Transfer
from mirrorsel.supply.vendor import Vendor, utc_now


def make_vendor(
    settings: Settings,
    source: str,
    transfer: Transfer,
    now: Callable[[], datetime] = utc_now,
) -> Vendor:
    """Return who is asked for databases, and how the settings want it asked.

    Args:
        settings: They may name an account, and a server of the operator's own.
        source: DBIP or MAXMIND.
        transfer: How files are got.
        now: The time.

    Raises:
        SupplyError: it asks for an account, and none can be used.

    """
    # One that is set is of the operator's own choice, wherever it is.
    own = settings.geoip.url if source == settings.geoip.source else ""
    transfer = replace(transfer, private_addresses=bool(own))
    if source == DBIP:
        return DbIp(own or DBIP_URL, transfer, now)
    account = read_account(settings)
    if account is None and not own:
        raise SupplyError(
            "MaxMind hands out databases to its customers alone, those without a price"
            " too: set `account_id` and `licence_key_file` in section [geoip], with"
            " what https://www.maxmind.com/en/geolite2/signup gives you; or use"
            " `--source dbip`, which needs no account"
        )
    if account is not None and own:
        _check_secret_way(own)
    return MaxMind(own or MAXMIND_URL, replace(transfer, account=account))


def _check_secret_way(url: str) -> None:
    """Check that nobody on the way can read what is sent to a server.

    Raises:
        SupplyError: everybody can.

    """
    parts = urlsplit(url)
    if parts.scheme != "https" and not _is_loopback(parts.hostname or ""):
        message = f"{url} would get the licence key without TLS: set `url` to https"
        raise SupplyError(message)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
