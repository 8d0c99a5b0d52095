"""Where samples come from."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from mirrorsel.checker.folder_samples import FolderSamples
from mirrorsel.checker.origin_samples import OriginSamples
from mirrorsel.checker.sample_source import SampleSource
from mirrorsel.config import Settings
from mirrorsel.config.published import TreeSettings
from mirrorsel.config.sections import ListSettings
from mirrorsel.model import Health, Mirror
from tests.loopback import Loopback
from tests.mirror import tree


def test_a_published_tree_goes_before_the_origin(tmp_path: Path) -> None:
    """Its own files are compared where the settings name its folder."""
    here = Settings(folder=tmp_path, tree=TreeSettings(folder="dist"))

    assert isinstance(SampleSource().of(here), FolderSamples)
    assert isinstance(SampleSource().of(Settings()), OriginSamples)


def test_samples_stay_while_their_settings_do() -> None:
    """What was learned of the origin outlives an edit of other settings."""
    source = SampleSource()
    first = source.of(Settings())
    other = replace(Settings(), folder=Path("/elsewhere"))
    moved = replace(Settings(), list=ListSettings(origin="https://other.example/"))

    assert first is source.of(other)
    assert first is not source.of(moved)


def test_the_settings_name_the_files() -> None:
    """The origin is asked for the samples of the settings, below its base."""
    with Loopback(tree({"zzz/f": b"1"})) as server:
        checker = replace(
            Settings().checker, samples=("/zzz/f",), private_addresses=True
        )
        settings = Settings(list=ListSettings(origin=server.url), checker=checker)
        samples = SampleSource().of(settings)
        samples.refresh()
        mirror = Mirror(url="http://mirror.example/")
        found = samples.choose(mirror, Health(), datetime.now(UTC))

    assert found is not None
    assert ("zzz/f", b"1") == (found.path, found.content)
