"""What is asked during an edit, with the answers that there are."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer."""

    key: str
    """What is typed."""
    name: str
    """Its name, with the key in brackets."""
    does: str
    """What happens then."""


SHOW = Choice(key="s", name="(s)how", does="show what was changed, and ask again")
"""An answer to every question."""
HELP = Choice(key="?", name="(?) help", does="explain the answers")
"""Another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question."""

    choices: tuple[Choice, ...]
    """The answers, besides `SHOW` and `HELP`."""
    unattended: str
    """The key of what is done where nobody can be asked."""


_AGAIN = Choice(
    key="e", name="(e)dit again", does="open the editor again with your version"
)
_EXIT = Choice(
    key="x",
    name="e(x)it",
    does="leave the list as it is; your version is kept, and offered the next time",
)

LEFT = Question(
    choices=(
        Choice(key="g", name="(g)o on", does="open the editor with that version"),
        Choice(
            key="n",
            name="a(n)ew",
            does="begin with the list as it is; that version is kept",
        ),
        Choice(
            key="d",
            name="(d)rop",
            does="remove that version, and begin with the list as it is",
        ),
        Choice(key="x", name="e(x)it", does="change nothing"),
    ),
    unattended="n",
)
"""A version was left unfinished."""

FAILED = Question(
    choices=(
        _AGAIN,
        Choice(
            key="g", name="(g)o on", does="take what the editor has left for the list"
        ),
        _EXIT,
    ),
    unattended="x",
)
"""The editor has ended with an error."""

ERRORS = Question(
    choices=(
        Choice(
            key="e",
            name="(e)dit again",
            does="open the editor again, at the first problem where it knows how",
        ),
        _EXIT,
    ),
    unattended="x",
)
"""The list has errors, with which it would never count."""

INSTALL = Question(
    choices=(
        Choice(key="i", name="(i)nstall", does="let your version become the list"),
        _AGAIN,
        _EXIT,
        Choice(key="d", name="(d)rop", does="throw your version away"),
    ),
    unattended="i",
)
"""The list can be installed."""

CHANGED = Question(
    choices=(
        Choice(
            key="e",
            name="(e)dit theirs",
            does="open the editor with the list as it is now; your version is kept",
        ),
        Choice(
            key="a",
            name="(a)dapt yours",
            does="open the editor with your version, to put their changes into it",
        ),
        Choice(
            key="o",
            name="(o)verwrite",
            does="let your version become the list; theirs is kept beside it",
        ),
        _EXIT,
    ),
    unattended="x",
)
"""Another program has changed the list meanwhile."""
