"""An account as JSON."""

from typing import Any

from mirrorsel.printable import printable
from mirrorsel.web.explain.account import Account
from mirrorsel.web.explain.words import detail, overrides
from mirrorsel.web.explanation import explanation


def document(account: Account) -> dict[str, Any]:
    """Return what everybody is told, and what is for the operator alone.

    That is, besides the keys of `explanation`: `answer`, `list`, `overrides` (those
    of the settings in words), the client's `address`, and in `rejected` a `detail`.
    """
    found = explanation(account.realm, account.client, account.selection)
    rejections = account.selection.rejections
    return {
        **found,
        "answer": account.answer,
        "list": account.mirrors,
        "overrides": overrides(account),
        "client": {**found["client"], "address": account.question.address},
        "rejected": [
            {**shown, "detail": printable(detail(one, account.now))}
            for shown, one in zip(found["rejected"], rejections, strict=True)
        ],
    }
