"""What of this machine decides about an instance."""

import os
from pathlib import Path

from mirrorsel.errors import HttpdError
from mirrorsel.httpd.accounts import find_account
from mirrorsel.httpd.locate import Httpd, locate
from mirrorsel.instance.contents import LIST
from mirrorsel.instance.layout import Layout
from mirrorsel.instance.making import Made
from mirrorsel.instance.people import missing_accounts
from mirrorsel.instance.plan import Plan, Role
from mirrorsel.instance.steps import Situation, links
from mirrorsel.shipped import shipped

_SYSTEMD = Path("/run/systemd/system")
_SELINUX = Path("/sys/fs/selinux/enforce")
_DEBIANS_WSGI = Path("mods-enabled", "wsgi.load")


def systemd_runs() -> bool:
    """Return whether systemd runs this machine (sd_booted(3))."""
    return _SYSTEMD.is_dir()


def find_httpd() -> tuple[Httpd | None, str]:
    """Return the httpd to try with; else None, and what to install."""
    try:
        return locate(), ""
    except HttpdError as error:
        return None, str(error)


def role(user: str) -> Role:
    """Return an account by its name, with the group that it has or will have."""
    account = find_account(user)
    return Role(user=user, group=account.group if account else user)


def situation(plan: Plan, made: Made, layout: Layout, root: Path) -> Situation:
    """Return what decides about the steps that are left.

    Args:
        plan: The instance.
        made: What was made of it.
        layout: That of this system.
        root: The folder of httpd's configuration.

    """
    places = [place for _, place in links(plan, layout, root)]
    return Situation(
        layout=layout,
        root=root,
        accounts=missing_accounts(plan),
        folders=made.folders,
        missing=tuple(one.root for one in plan.sites if not one.root.is_dir()),
        there=frozenset(one for one in places if os.path.lexists(one)),
        sample=plan.listed == shipped(LIST).read_text(encoding="utf-8"),
        other_wsgi=layout is Layout.DEBIAN and (root / _DEBIANS_WSGI).exists(),
        systemd=systemd_runs(),
        selinux=_SELINUX.exists(),
    )
