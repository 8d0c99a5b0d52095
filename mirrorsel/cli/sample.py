"""The sample settings, as far as an operator still uses them."""

from pathlib import Path

import mirrorsel
from mirrorsel.cli.complaint import complain


def advise_own_files(
    config: Path, package: Path = Path(mirrorsel.__file__).parent
) -> None:
    """Tell how to get files of one's own, if the settings are those of the package.

    Args:
        config: The settings file.
        package: Where mirrorsel is installed; what lies in it is for no one to edit.

    """
    folder = config.absolute().parent
    if not folder.is_relative_to(package):
        return
    complain(
        f"{config} is the sample that came with mirrorsel; for files of your own,"
        f" copy mirrors.list and mirrorsel.toml from {folder} to a folder of yours,"
        " such as /etc/mirrorsel, and edit them there"
    )
