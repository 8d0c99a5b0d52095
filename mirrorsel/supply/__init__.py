"""GeoIP databases, from their makers' servers to their places on this machine."""

from mirrorsel.supply.account import Account, read_account
from mirrorsel.supply.makers import make_vendor
from mirrorsel.supply.order import DBIP, MAXMIND, Order, make_orders
from mirrorsel.supply.renewal import Current, Doubted, Renewal, Replaced
from mirrorsel.supply.renewing import renew
from mirrorsel.supply.transfer import Told, Transfer
from mirrorsel.supply.vendor import Vendor

__all__ = [
    "DBIP",
    "MAXMIND",
    "Account",
    "Current",
    "Doubted",
    "Order",
    "Renewal",
    "Replaced",
    "Told",
    "Transfer",
    "Vendor",
    "make_orders",
    "make_vendor",
    "read_account",
    "renew",
]
