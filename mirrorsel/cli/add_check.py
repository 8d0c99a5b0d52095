"""What a would-be mirror answers, before it is added."""

from dataclasses import dataclass

from mirrorsel.checker.making import make_prober
from mirrorsel.cli.check_list import Followed
from mirrorsel.cli.check_url import Looked, check_url, show_url, url_exit_code
from mirrorsel.cli.exits import CANNOT_TELL, FINDINGS, GOOD
from mirrorsel.cli.layout import make_console, print_note
from mirrorsel.config import Settings
from mirrorsel.model import Health, Kind, Mirror, Outcome, ProbeResult
from mirrorsel.words import took, why

# Those by which no mirror was met.
_UNTOLD = frozenset(
    {
        *(Outcome.DNS, Outcome.REFUSED, Outcome.TIMEOUT, Outcome.NO_ROUTE),
        *(Outcome.FORBIDDEN_ADDRESS, Outcome.NO_CLIENT, Outcome.DEFECT),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What came of asking a mirror."""

    code: int
    """0 if it can be listed, 1 if not, 2 if that cannot be told."""
    looked: Looked | None = None
    """What an http mirror does not do as it should."""
    result: ProbeResult | None = None
    """How the probe of another mirror ended."""


def ask(settings: Settings, mirror: Mirror, followed: Followed) -> Asked:
    """Ask a mirror: by http all that is asked of mirrors, else with one probe."""
    if mirror.kind is Kind.HTTP:
        looked = check_url(settings, mirror.url, failed=True, followed=followed)
        return Asked(code=url_exit_code(looked), looked=looked)
    probes = (make_prober(settings)(one, Health()) for one in (mirror,))
    (result,) = followed(probes, 1, "Probing")
    return Asked(code=_code(result.outcome), result=result)


def show_asked(asked: Asked) -> None:
    """Print what is not as it should be, and what it comes to."""
    if asked.looked is not None:
        show_url(asked.looked)
    if asked.result is not None:
        result, console = asked.result, make_console()
        print_note(console, result.url, "bold")
        words = why(result.outcome, result.detail, result.url)
        print_note(console, f"one probe, in {took(result.seconds)}: {words}")


def _code(outcome: Outcome) -> int:
    if outcome is Outcome.OK:
        return GOOD
    return CANNOT_TELL if outcome in _UNTOLD else FINDINGS
