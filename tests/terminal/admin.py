"""An admin with a list, settings and an editor."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.terminal.session import Session, session

LIST = """\
# Ours
http	de	https://a.example/pub/	-
http	fr	https://b.example/	-
http	Backup	https://c.example/
"""
ADD = "printf 'http\\tjp\\thttps://d.example/\\t-\\n' >>\"$file\""
BREAK = "printf 'gopher\\tjp\\thttps://d.example/\\t-\\n' >>\"$file\""
MEND = 'sed -i s/gopher/http/ "$file"'
DOUBT = "printf 'http\\tzz\\thttps://d.example/\\t-\\n' >>\"$file\""
PAUSE = "echo EDITING; read -r answer"


class Admin:
    """An admin's folder."""

    def __init__(self, folder: Path) -> None:
        self.list = folder / "mirrors.list"
        self.list.write_text(LIST)
        self.config = folder / "mirrorsel.toml"
        self.config.write_text("")
        self.kept_list = folder / "mirrors.list~"
        self._folder = folder
        self.temporary = folder / "tmp"
        self.temporary.mkdir()

    def editor(self, *runs: str, name: str = "editor") -> Path:
        """Write an editor.

        Args:
            runs: What it does with `$file` in its first run, in its second, and so
                on, in the language of the shell.
            name: Its name.

        """
        file = self._folder / name
        cases = "\n".join(f"{n}) {run}\n;;" for n, run in enumerate(runs, start=1))
        count = self._folder / "runs"
        count.write_text("0")
        file.write_text(
            f"#!/bin/sh\n"
            f"for file; do :; done\n"
            f'run=$(($(cat "{count}") + 1)); echo $run >"{count}"\n'
            f'echo "$*" >>"{self._folder}/calls"\n'
            f"case $run in\n{cases}\n*) exit 9;;\nesac\n"
        )
        file.chmod(0o755)
        return file

    @property
    def calls(self) -> list[str]:
        """The arguments of each run of the editor, with the copy by its name alone."""
        lines = (self._folder / "calls").read_text().splitlines()
        return [" ".join(Path(word).name for word in line.split(" ")) for line in lines]

    @property
    def copies(self) -> list[Path]:
        """The private copies that are kept."""
        return sorted(self.temporary.glob("mirrorsel-edit-*/mirrors.list"))

    def environment(self, editor: Path | str) -> dict[str, str]:
        """Return what the program finds in its environment."""
        return {
            "VISUAL": "",
            "EDITOR": str(editor),
            "TMPDIR": str(self.temporary),
            "MIRRORSEL_CONFIG": str(self.config),
        }

    @contextmanager
    def edits(self, editor: Path | str, *arguments: object) -> Iterator[Session]:
        """Give a session with ``mirrorsel edit``."""
        with session(
            "edit", *arguments, environment=self.environment(editor)
        ) as opened:
            yield opened
