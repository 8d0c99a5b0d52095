"""Whether accounts can do what they must, and nothing that they must not."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from mirrorsel.doctor.finding import AS_ROOT, Finding, Group, Told

_told = Told(Group.ACCOUNTS)

_ROOT = "root"


class Deed(StrEnum):
    """What an account may do with a file or folder."""

    READ = "read"
    ENTER = "enter"
    WRITE = "write"
    RUN = "run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """What an account can do, and whether it should."""

    user: str
    deed: Deed
    path: str
    wanted: bool
    """Whether it must be able to; False if it must not."""
    held: bool | None
    """Whether it is; None where nobody can tell."""
    closed: str = ""
    """The folder that keeps it out, where one does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The accounts of an instance by name; empty where it has none."""

    web: str
    checker: str
    httpd: str

    @property
    def parted(self) -> bool:
        """Whether who answers requests cannot write what the checker writes."""
        return self.checker not in (self.web, self.httpd)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What is to be seen of accounts."""

    cast: Cast
    missing: tuple[str, ...]
    """Accounts that are named and do not exist."""
    rights: tuple[Right, ...]
    unsafe: str
    """Which folder above the instance others can write, as a sentence; or nothing."""


def judge_rights(seen: Rights) -> Iterator[Finding]:
    """Yield how the accounts are."""
    for name in seen.missing:
        words = f"there is no account {name}"
        yield _told.fail("account", words, "make it: `mirrorsel init` prints how")
    for name in dict.fromkeys((seen.cast.web, seen.cast.checker)):
        if name == _ROOT:
            words = "a part of mirrorsel runs as root, which it never needs"
            yield _told.fail("root", words, "give it an account of its own")
    if not seen.cast.parted:
        yield _told.warn(
            "parted",
            f"{seen.cast.checker} both probes and serves: what answers requests could"
            " write what is believed of mirrors",
            "give the checker an account of its own: MIRRORSEL_CHECKER_USER in httpd's"
            " configuration, or User= of its unit",
        )
    if seen.unsafe:
        remedy = "let only root write there, or move the instance below /etc or /srv"
        yield _told.fail("unsafe", seen.unsafe, remedy)
    bad = [one for one in seen.rights if one.held is not one.wanted]
    yield from map(_judge, bad)
    for user in dict.fromkeys(one.user for one in seen.rights):
        if user not in {one.user for one in bad}:
            words = f"{user} can read what it must, and write no more than it must"
            yield _told.ok("rights", words)


def _judge(one: Right) -> Finding:
    if one.held is None:
        words = f"whether {one.user} can {one.deed} {one.path} cannot be seen from here"
        return _told.unseen("rights", words, AS_ROOT)
    if not one.wanted:
        return _told.fail(
            "rights",
            f"{one.user} can write {one.path}, and must not",
            f"chown root {one.path}; chmod go-w {one.path}",
        )
    words = f"{one.user} cannot {one.deed} {one.path}"
    if one.closed:
        words += f", as it cannot enter {one.closed}"
    return _told.fail("rights", words, _mend(one))


def _mend(one: Right) -> str:
    if one.closed:
        return f"chmod o+x {one.closed}"
    match one.deed:
        case Deed.WRITE:
            return f"chown {one.user} {one.path}; chmod u+rwx {one.path}"
        case Deed.READ:
            return f"chmod o+r {one.path}"
        case Deed.ENTER:
            return f"chmod o+x {one.path}"
    return "install mirrorsel and its Python where everybody can read, such as /opt"
