"""Tests that the settings file and the documents say what the code does."""

import re
from pathlib import Path

import pytest

from mirrorsel.config import Settings, read_settings, sections
from mirrorsel.lists import load
from mirrorsel.lists.options import OPTIONS
from mirrorsel.model import Mirror, Scope
from mirrorsel.selection.policy import Override
from mirrorsel.setting import settings_of
from tests.docs import reference

CONFIGURATION = reference.ROOT / "docs" / "configuration.md"
MIRRORS_LIST = reference.ROOT / "docs" / "mirrors-list.md"
LINT = reference.ROOT / "docs" / "lint.md"
SETTINGS_FILE = reference.ROOT / "mirrorsel.toml"
SAMPLE = reference.ROOT / "mirrors.list"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param(CONFIGURATION, reference.settings_reference(), id="settings"),
        pytest.param(MIRRORS_LIST, reference.options_reference(), id="options"),
        pytest.param(LINT, reference.codes_reference(), id="codes"),
    ],
)
def test_documents(path: Path, expected: str) -> None:
    """The reference part of a document is what the code says of itself."""
    written = path.read_text(encoding="utf-8").partition(reference.MARK)[2]

    assert expected == written


def test_every_setting_has_a_section() -> None:
    """No setting is missing in the document."""
    headings = re.findall(
        r"^### `(\w+)`", CONFIGURATION.read_text(encoding="utf-8"), re.MULTILINE
    )
    names = [
        name for one in (*sections().values(), Override) for name in settings_of(one)
    ]

    assert sorted(names) == sorted(headings)


def test_every_option_has_a_section() -> None:
    """No option of the list is missing in the document."""
    headings = re.findall(
        r"^### `(\w+)`", MIRRORS_LIST.read_text(encoding="utf-8"), re.MULTILINE
    )

    assert list(OPTIONS) == headings


def test_settings_file() -> None:
    """The shipped settings file is what the code says of itself."""
    assert reference.settings_file() == SETTINGS_FILE.read_text(encoding="utf-8")


def test_settings_file_as_it_is() -> None:
    """The shipped settings file changes nothing."""
    expected = Settings(folder=SETTINGS_FILE.parent)

    assert expected == read_settings(SETTINGS_FILE)


def test_settings_file_uncommented(tmp_path: Path) -> None:
    """With every setting uncommented, all stand at their defaults."""
    path = tmp_path / "mirrorsel.toml"
    lines = uncommented(r"#(?=\w+ = )")
    path.write_text(lines, encoding="utf-8")
    count = sum(len(settings_of(section)) for section in sections().values())
    expected = (Settings(folder=tmp_path), count)

    found = (read_settings(path), len(re.findall(r"^\w+ = ", lines, re.MULTILINE)))

    assert expected == found


def test_example_of_overrides(tmp_path: Path) -> None:
    """The overrides that the settings file shows can be used as they stand."""
    path = tmp_path / "mirrorsel.toml"
    path.write_text(uncommented("#     "), encoding="utf-8")
    expected = (
        Override(country="nz", prefer=("nz", "au")),
        Override(asn=64496, avoid=("https://mirror.example.de/apache/",)),
    )

    assert expected == read_settings(path).selection.override


def test_documented_overrides(tmp_path: Path) -> None:
    """The document shows the same overrides as the settings file."""
    path = tmp_path / "mirrorsel.toml"
    text = CONFIGURATION.read_text(encoding="utf-8")
    path.write_text(re.findall(r"```toml\n(.*?)```", text, re.DOTALL)[0])
    shown = tmp_path / "shown.toml"
    shown.write_text(uncommented("#     "), encoding="utf-8")

    overrides = read_settings(path).selection.override

    assert overrides == read_settings(shown).selection.override


def uncommented(mark: str) -> str:
    """Return the settings file without this mark at the start of its lines."""
    text = SETTINGS_FILE.read_text(encoding="utf-8")
    return re.sub(f"^{mark}", "", text, flags=re.MULTILINE)


def test_sample_list() -> None:
    """The shipped list has nothing wrong with it."""
    assert not load(SAMPLE).problems


def test_sample_list_holds_much() -> None:
    """The shipped list has mirrors far apart, and servers of last resort."""
    mirrors = load(SAMPLE).list.mirrors
    countries = {mirror.country for mirror in mirrors if not mirror.backup}
    backups = tuple(mirror.url for mirror in mirrors if mirror.backup)
    expected = ("https://dlcdn.apache.org/", "https://downloads.apache.org/")

    assert expected == backups
    assert {"de", "us", "br", "cn", "za", "au"} <= countries


def test_options_in_the_sample(tmp_path: Path) -> None:
    """The lines that the shipped list shows as examples can be used as they stand."""
    examples = re.findall(r"^#   (http .*)$", SAMPLE.read_text(), re.MULTILINE)
    path = tmp_path / "mirrors.list"
    path.write_text("".join(f"{line}\n" for line in examples))

    loaded = load(path)

    assert not loaded.problems
    assert len(examples) == len(loaded.list.mirrors) == 6


def test_documented_lines(tmp_path: Path) -> None:
    """The lines that the document of the list shows can be used as they stand."""
    text = MIRRORS_LIST.read_text(encoding="utf-8")
    path = tmp_path / "mirrors.list"
    path.write_text(re.findall(r"```\n(# type.*?)```", text, re.DOTALL)[0])
    expected = Mirror(
        url="https://mirror.example.uk/apache/",
        country="uk",
        only=frozenset({Scope.COUNTRY}),
        disabled="disk full",
        line=3,
    )

    loaded = load(path)

    assert loaded.ok
    assert expected == loaded.list.mirrors[1]


def test_one_sentence_a_line() -> None:
    """Documents have one sentence a line."""
    lines = [
        line
        for path in (CONFIGURATION, MIRRORS_LIST, LINT)
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"[a-z]\. [A-Z]", line)
    ]

    assert not lines
