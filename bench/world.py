"""What all servers of one run read: made once, and when it is first needed."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from bench import city
from bench.pages import write_pages
from bench.plan import Plan
from tests.httpd.served import open_folder


class World:
    """The files in a folder that every account can read."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        """Take an empty folder."""
        self.folder = folder
        self._plan = plan

    @cached_property
    def networks(self) -> city.Records:
        """The networks of the City database."""
        return city.records(self._plan.networks)

    @cached_property
    def database(self) -> Path:
        """The City database."""
        return city.write(self.folder / "city.mmdb", self.networks)

    @cached_property
    def pages(self) -> Path:
        """A document root with download pages."""
        folder = self.folder / "pages"
        folder.mkdir()
        write_pages(folder)
        return folder


@contextmanager
def make_world(plan: Plan) -> Iterator[World]:
    """Give a world; its files are gone at the end."""
    with open_folder() as folder:
        yield World(folder, plan)
