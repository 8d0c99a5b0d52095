"""What is told of the folders that the settings name."""

import logging
from dataclasses import replace
from pathlib import Path

import pytest

from mirrorsel.config import Settings, read_settings
from mirrorsel.web.folders import Folders


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings that name a folder which is missing."""
    file = tmp_path / "mirrorsel.toml"
    file.write_text('[tree]\nfolder = "tree"\n')
    return read_settings(file)


def test_a_folder_that_is_back(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A folder that can be entered again is told as that."""
    caplog.set_level(logging.INFO)
    folders = Folders()
    folders.look(settings)
    (tmp_path / "tree").mkdir()
    folders.look(settings)

    assert caplog.messages[1:] == [
        f"{tmp_path}/tree: the folder that `tree.folder` names can be entered again"
    ]


def test_a_folder_that_is_not_named_any_more(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A folder that is still missing is not said to be back."""
    caplog.set_level(logging.INFO)
    folders = Folders()
    folders.look(settings)
    folders.look(replace(settings, tree=replace(settings.tree, folder="")))

    assert caplog.messages[1:] == [
        f"{tmp_path}/tree: `tree.folder` names this folder no more"
    ]
