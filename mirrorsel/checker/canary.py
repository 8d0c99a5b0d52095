"""One question to a canary, a page that nearly always answers."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus

from mirrorsel.errors import FetchError
from mirrorsel.model import Mirror, Outcome, ProbeResult
from mirrorsel.net import Limits, ask


@dataclass(frozen=True, slots=True, kw_only=True)
class Canary:
    """How canaries are asked; calling it asks one.

    Any answer with status 200 is good, whatever it says.
    """

    limits: Limits

    def __call__(self, page: Mirror) -> ProbeResult:
        """Ask for a page; a failure is a result too."""
        at = datetime.now(UTC)
        start = time.monotonic()
        try:
            status = ask(page.url, self.limits).status
        except FetchError as error:
            outcome, detail = Outcome(error.outcome), error.detail
        else:
            good = status == HTTPStatus.OK
            outcome = Outcome.OK if good else Outcome.STATUS
            detail = "" if good else str(status)
        return ProbeResult(
            url=page.url,
            at=at,
            outcome=outcome,
            detail=detail,
            seconds=time.monotonic() - start,
        )
