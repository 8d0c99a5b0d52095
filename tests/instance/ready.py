"""An instance that a doctor has nothing to say of, and what can be done to it."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

from mirrorsel.doctor.finding import Finding
from mirrorsel.httpd.accounts import Account, Accounts, choose_accounts
from mirrorsel.httpd.locate import locate
from mirrorsel.httpd.python import prefix
from mirrorsel.instance.examination import examine
from mirrorsel.instance.layout import Layout
from mirrorsel.instance.making import make
from mirrorsel.instance.plan import Plan, Role, Site
from mirrorsel.instance.seen.scene import set_scene
from mirrorsel.instance.steps import links
from mirrorsel.model import Health, Snapshot, State
from mirrorsel.state import StateFolder, write_snapshot
from tests.httpd.served import open_folder
from tests.instance.trees import Tree, make_tree

MIRROR = "http://127.0.0.1:1/"
SITE = "downloads.example.org"
# Says so when it holds the lock, and holds it until it is ended.
_HOLD = """
import fcntl, sys
file = open(sys.argv[1], "r+")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """An instance in a Debian layout, which httpd takes and does not run."""

    base: Path
    folder: Path
    tree: Tree
    accounts: Accounts

    @property
    def state(self) -> StateFolder:
        """What its checker has written."""
        return StateFolder(self.folder / "state")

    @property
    def config(self) -> Path:
        """Its settings."""
        return self.folder / "mirrorsel.toml"

    @property
    def units(self) -> Path:
        """Where its systemd looks for units."""
        return self.base / "units"

    def look(self, *, httpd: bool = True) -> tuple[Finding, ...]:
        """Return all that a doctor finds now."""
        scene = set_scene(
            self.config,
            datetime.now(UTC),
            httpd_config=self.tree.root,
            httpd=httpd,
            places=(self.units,),
        )
        return tuple(examine(scene))

    def see(self, **more: object) -> None:
        """Leave a snapshot, as of a minute ago, with other values in it."""
        snapshot = Snapshot(
            taken=datetime.now(UTC) - timedelta(minutes=1),
            vantage="here",
            health={MIRROR: Health(state=State.UP)},
        )
        write_snapshot(self.state.snapshot, replace(snapshot, **more))  # type: ignore[arg-type] # any field of it


def prepared(base: Path) -> Ready:
    """Make an instance, and what its checker would have written."""
    accounts, httpd = choose_accounts(), locate()
    tree = make_tree(Layout.DEBIAN, base / "etc")
    root = base / "documents"
    root.mkdir()
    plan = Plan(
        folder=base / "mirrorsel",
        origin="http://127.0.0.1:1/",
        sites=(Site(name=SITE, root=root),),
        listed=f"http de {MIRROR} -\n",
        python=prefix(),
        wsgi=httpd.wsgi,
        web=_role(accounts.web),
        checker=_role(accounts.checker),
        by_systemd=False,
    )
    make(plan)
    for piece, place in links(plan, Layout.DEBIAN, tree.root):
        place.symlink_to(piece)
    tree.run([["a2enmod", "headers", "macro"], ["a2enconf", "mirrorsel"]])
    tree.run([["a2ensite", SITE]])
    ready = Ready(base=base, folder=plan.folder, tree=tree, accounts=accounts)
    ready.units.mkdir()
    ready.see()
    ready.state.published_list.parent.mkdir()
    ready.state.published_list.touch()
    ready.state.lock.touch(0o600)
    give(ready.state.lock, accounts.checker)
    return ready


def give(path: Path, account: Account) -> None:
    """Let a file or folder belong to an account."""
    os.chown(path, account.uid, account.gid)


@contextmanager
def held(lock: Path, account: Account) -> Iterator[None]:
    """Let a process of an account hold a lock until the context is left."""
    who: Mapping[str, object] = MappingProxyType(
        {"user": account.uid, "group": account.gid, "extra_groups": []}
        if os.geteuid() == 0
        else {}
    )
    with subprocess.Popen(
        [sys.executable, "-I", "-c", _HOLD, str(lock)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd="/",
        **who,  # type: ignore[call-overload] # some of its many arguments
    ) as process:
        assert process.stdout.readline() == b"held\n"
        yield
        process.stdin.close()


@contextmanager
def ready() -> Iterator[Ready]:
    """Make an instance whose checker runs, as far as its lock tells."""
    with open_folder() as base:
        made = prepared(base)
        with held(made.state.lock, made.accounts.checker):
            yield made


def _role(account: Account) -> Role:
    return Role(user=account.user, group=account.group)
