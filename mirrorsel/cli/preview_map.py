"""A map of the world with what an edit changes, as an SVG picture."""

from importlib.resources import files
from pathlib import Path

from mirrorsel.cli.output import write_output
from mirrorsel.geo import load_towns
from mirrorsel.pages import parse
from mirrorsel.preview import Effect
from mirrorsel.preview.picture import picture
from mirrorsel.status import dots

_TEMPLATE = files("mirrorsel.preview").joinpath("map.svg")


def write_map(path: Path, effect: Effect, *, force: bool) -> None:
    """Write the map of an edit.

    Args:
        path: The file.
        effect: What the edit changes.
        force: Whether the file may be there already.

    Raises:
        ListError: it is there already, or cannot be written.

    """
    template = parse(_TEMPLATE.read_bytes(), name="map.svg")
    page = template.render(picture(effect, dots(load_towns())))
    write_output(path, page.decode(), force=force)
