"""`mirrorsel add`, as somebody at a terminal sees it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from mirrorsel.lists.install import Held
from tests.loopback import Loopback, hanging
from tests.requirements.trees import serving, tree
from tests.terminal.admin import LIST, Admin
from tests.terminal.session import Session, session

ASKS = "Add it?"


class Desk(Admin):
    """An admin who adds mirrors on loopback addresses."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        super().__init__(folder)
        self._stack = stack
        self.url = self.serves(Loopback(serving(tree())))
        self.config.write_text(
            f'[list]\norigin = "{self.url}"\n[checker]\nprivate_addresses = true\n'
        )
        self.mirror = self.serves(Loopback(serving(tree())))

    def serves(self, server: Loopback) -> str:
        """Start a server; return its URL."""
        return self._stack.enter_context(server).url

    @contextmanager
    def adds(
        self, url: str, *arguments: object, columns: int = 80
    ) -> Iterator[Session]:
        """Give a session with ``mirrorsel add`` for a mirror in Japan."""
        options = ("--country", "jp", "--config", self.config, *arguments)
        with session("add", url, *options, columns=columns) as opened:
            yield opened


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Give a desk whose servers end with the test."""
    with ExitStack() as stack:
        yield Desk(tmp_path, stack)


def test_yes(desk: Desk) -> None:
    """What the list would say is shown, and written after a yes."""
    with desk.adds(desk.mirror) as terminal:
        terminal.sees("hold", "country", "jp", "as given", "+ http", desk.mirror, ASKS)
        assert desk.list.read_text() == LIST
        terminal.types("y")
        terminal.sees("Written; the version before is kept")
        code = terminal.ends()

    added = [one for one in desk.list.read_text().splitlines() if desk.mirror in one]
    assert code == 0
    assert [one.split()[:3] for one in added] == [["http", "jp", desk.mirror]]
    assert desk.list.read_text().replace(f"{added[0]}\n", "") == LIST


@pytest.mark.parametrize("answer", ["n", ""], ids=["no", "Enter"])
def test_no(desk: Desk, answer: str) -> None:
    """Nothing is written without a yes."""
    with desk.adds(desk.mirror) as terminal:
        terminal.sees(ASKS)
        terminal.types(answer)
        terminal.sees("Nothing was written")
        code = terminal.ends()

    assert (code, desk.list.read_text()) == (1, LIST)


def test_ctrl_c(desk: Desk) -> None:
    """Ctrl-C at the question writes nothing, and leaves the list to others."""
    with desk.adds(desk.mirror) as terminal:
        terminal.sees(ASKS)
        terminal.presses("c")
        terminal.sees("interrupted")
        code = terminal.ends()

    assert (code, desk.list.read_text()) == (2, LIST)
    with Held(desk.list):
        pass


def test_closed_window(desk: Desk) -> None:
    """When the terminal is closed at the question, nothing is written."""
    with desk.adds(desk.mirror) as terminal:
        terminal.sees(ASKS)
        terminal.closes_the_window()
        terminal.ends()

    assert desk.list.read_text() == LIST
    with Held(desk.list):
        pass


def test_ctrl_c_while_asking_the_mirror(desk: Desk) -> None:
    """A mirror that does not answer can be given up with Ctrl-C."""
    silent = desk.serves(Loopback(hanging))
    with desk.adds(silent) as terminal:
        terminal.sees("%")
        terminal.presses("c")
        terminal.sees("interrupted")
        code = terminal.ends()

    assert (code, desk.list.read_text()) == (2, LIST)


def test_narrow_window(desk: Desk) -> None:
    """In a narrow window, the line of the list is shown whole."""
    with desk.adds(desk.mirror, columns=40) as terminal:
        terminal.sees(desk.mirror, ASKS)
        terminal.types("y")
        code = terminal.ends()

    assert code == 0
    assert desk.mirror in desk.list.read_text()


def test_while_edited(desk: Desk) -> None:
    """While somebody else edits the list, it is said who does."""
    with Held(desk.list), desk.adds(desk.mirror, "--yes") as terminal:
        terminal.sees("is being edited by")
        code = terminal.ends()

    assert (code, desk.list.read_text()) == (2, LIST)
