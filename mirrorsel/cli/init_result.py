"""What `mirrorsel init` has done, found and left to do."""

from dataclasses import dataclass
from pathlib import Path

from mirrorsel.cli.exits import CANNOT_TELL, FINDINGS, GOOD
from mirrorsel.errors import HttpdError
from mirrorsel.httpd.accounts import choose_accounts
from mirrorsel.httpd.locate import Httpd
from mirrorsel.instance.layout import Layout
from mirrorsel.instance.machine import situation
from mirrorsel.instance.making import Made, make
from mirrorsel.instance.place import warnings
from mirrorsel.instance.plan import Plan
from mirrorsel.instance.steps import Step, steps
from mirrorsel.instance.trial import Trial, configtest


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """All that there is to say."""

    folder: Path
    made: Made
    warnings: tuple[str, ...]
    trial: Trial | None
    """What httpd said; None where it could not be asked."""
    advice: str
    """Why it could not be asked, and what to do; empty where it was."""
    steps: tuple[Step, ...]


def carry_out(
    plan: Plan, layout: Layout, root: Path, httpd: Httpd | None, advice: str
) -> Result:
    """Make an instance and have httpd test it.

    Args:
        plan: The instance.
        layout: That of this system.
        root: The folder of httpd's configuration.
        httpd: Who tests; None where there is none.
        advice: Why there is none, and what to install.

    Raises:
        InstanceError: it cannot be made.

    """
    made = make(plan)
    trial = None
    if httpd is not None:
        try:
            trial = configtest(plan, layout, httpd, choose_accounts().httpd)
        except HttpdError as error:
            advice = str(error)
    # Without httpd's pieces there is nothing to enable yet.
    left = steps(plan, situation(plan, made, layout, root)) if httpd else ()
    return Result(
        folder=plan.folder,
        made=made,
        warnings=tuple(warnings(plan.folder)),
        trial=trial,
        advice=advice,
        steps=tuple(left),
    )


def exit_code(result: Result) -> int:
    """Return the exit code that says how it went."""
    if result.trial is None:
        return CANNOT_TELL
    return GOOD if result.trial.accepted else FINDINGS
