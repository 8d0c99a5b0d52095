"""A test of an instance's pieces by a real httpd, on a configuration of its own."""

import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mirrorsel.errors import HttpdError
from mirrorsel.httpd.accounts import Account, find_account
from mirrorsel.httpd.conf import MODULES, compiled_in, environment
from mirrorsel.httpd.locate import Httpd
from mirrorsel.instance.layout import Layout
from mirrorsel.instance.plan import Plan, Role
from mirrorsel.instance.steps import links

_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What httpd said of the pieces."""

    accepted: bool
    words: str
    """All that it said."""


def configtest(plan: Plan, layout: Layout, httpd: Httpd, stand_in: Account) -> Trial:
    """Have httpd read the pieces of a layout; nothing of the machine is touched.

    Args:
        plan: The instance, whose files have been written.
        layout: Whose pieces.
        httpd: Which httpd.
        stand_in: The account that is named where one of the plan's is missing.

    Raises:
        HttpdError: it cannot be run.

    """
    with tempfile.TemporaryDirectory(prefix="mirrorsel-") as name:
        folder = Path(name)
        (folder / "logs").mkdir()
        file = folder / "httpd.conf"
        text = "\n".join(_configuration(plan, layout, httpd, folder, stand_in))
        file.write_text(f"{text}\n", encoding="utf-8")
        try:
            done = subprocess.run(  # noqa: S603 - the httpd that was found, our own file
                [httpd.program, "-t", "-f", file],
                env=environment(httpd),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                check=False,
                timeout=_SECONDS,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise HttpdError(f"{httpd.program} cannot be run: {error}") from error
    words = (done.stderr + done.stdout).strip()
    return Trial(accepted=done.returncode == 0, words=words)


def _configuration(
    plan: Plan, layout: Layout, httpd: Httpd, folder: Path, stand_in: Account
) -> Iterator[str]:
    yield f'ServerRoot "{folder}"'
    yield "ServerName localhost"
    # Debian's pieces name it; those of Red Hat name a folder of ServerRoot.
    yield f'Define APACHE_LOG_DIR "{folder}/logs"'
    present = compiled_in(httpd)
    for name in MODULES:
        if name not in present:
            file = httpd.modules / f"mod_{name}.so"
            yield f'LoadModule {name}_module "{file}"'
    yield from _accounts("MIRRORSEL", plan.web, stand_in)
    yield from _accounts("MIRRORSEL_CHECKER", plan.checker, stand_in)
    for piece, _ in links(plan, layout, folder):
        yield f'Include "{piece}"'


def _accounts(prefix: str, role: Role, stand_in: Account) -> Iterator[str]:
    if find_account(role.user) is None:
        yield f'Define {prefix}_USER "{stand_in.user}"'
        yield f'Define {prefix}_GROUP "{stand_in.group}"'
