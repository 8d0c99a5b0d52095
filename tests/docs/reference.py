"""The reference text that is made from the code.

``python -m tests.docs.reference`` writes it into the documents and the settings
file; the tests compare them.
"""

import re
import textwrap
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from mirrorsel.config import sections
from mirrorsel.geo import load_countries
from mirrorsel.lint import SECTIONS, Code
from mirrorsel.lists import parse
from mirrorsel.lists.forms.fields import Field
from mirrorsel.lists.forms.form import Form, Listing
from mirrorsel.lists.forms.table import FORMS
from mirrorsel.lists.options import OPTIONS, Option
from mirrorsel.model import Health, Snapshot, State
from mirrorsel.selection.policy import Override
from mirrorsel.setting import Setting, settings_of
from tests.docs.commands import command_pages

ROOT = Path(__file__).parents[2]
MARK = "<!-- What follows is made by tests/docs/reference.py. -->\n"

EXAMPLE = """\
http\tde\thttps://mirror.example.de/apache/\tops@example.de\tweight=200 refuses=fr
rsync\tde\trsync://mirror.example.de/apache/\tops@example.de\tweight=200 refuses=fr
"""
"""The list that is shown in each form."""
EXAMPLE_TEXT = """\
`order` is that of the lines, `date` that of the list, and `state` what the checker saw.
`ftp and rsync alone` are mirrors that are listed by no http URL too.
No form holds comments.

## Examples

Each is the same list of two lines, as `mirrorsel export` writes it:
"""

_FILE_HEAD = """\
# The settings of mirrorsel, each at its default and commented out: remove the `#`
# before a setting to change it. docs/configuration.md explains them.
#
# A change counts within seconds, except where "After a restart" is said. If
# anything is wrong with it, the settings before it stay in force, and the log and
# `mirrorsel status` name the line. Relative paths start from this file's folder.
"""
_OVERRIDES = """\
# Where the network is not the map, overrides follow the settings of [selection].
# Clients in New Zealand get the mirrors of Australia first, for instance, and
# clients of one autonomous system anything but a certain mirror:
#
#     [[selection.override]]
#     country = "nz"
#     prefer = ["nz", "au"]
#
#     [[selection.override]]
#     asn = 64496
#     avoid = ["https://mirror.example.de/apache/"]
"""


def settings_file() -> str:
    """Return the text of mirrorsel.toml."""
    parts = [_FILE_HEAD]
    for name, section in sections().items():
        parts.append(f"\n[{name}]\n")
        parts += [
            f"\n{_comment(_in_short(about))}#{key} = {toml(about.default)}\n"
            for key, about in settings_of(section).items()
        ]
        if name == "selection":
            parts.append(f"\n{_OVERRIDES}")
    return "".join(parts)


def settings_reference() -> str:
    """Return the sections of docs/configuration.md, one for each setting."""
    parts = []
    for name, section in sections().items():
        parts.append(f"\n## `[{name}]`\n")
        parts += _settings(settings_of(section), f"[{name}]", "")
        if name == "selection":
            overrides = "[[selection.override]]"
            parts.append(f"\n## `{overrides}`\n")
            parts += _settings(settings_of(Override), overrides, " of an override")
    return "".join(parts)


def options_reference() -> str:
    """Return the sections of docs/mirrors-list.md, one for each option."""
    return "".join(_option(name, option) for name, option in OPTIONS.items())


def codes_reference() -> str:
    """Return the sections of docs/lint.md, one for each code."""
    parts = []
    for heading, codes in SECTIONS.items():
        parts.append(f"\n### {heading}\n")
        parts += map(_code, codes)
    return "".join(parts)


def forms_reference() -> str:
    """Return the table of docs/import-export.md, and an example of each form."""
    held = [field for field in Field if field is not Field.COMMENTS]
    rows = [("", *(f"`{name}`" for name in FORMS))]
    rows.append(tuple("---" for _ in rows[0]))
    rows += [
        (
            field.value,
            *("yes" if field in form.holds else "" for form in FORMS.values()),
        )
        for field in held
    ]
    table = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    examples = "".join(map(_form, FORMS.values()))
    return f"\n{table}\n{EXAMPLE_TEXT}{examples}"


def example_listing() -> Listing:
    """Return the list of the examples, with what the checker saw of it."""
    mirrors = parse(EXAMPLE, None).list
    seen = datetime(2026, 11, 23, 9, 5, 7, tzinfo=UTC)
    health = {
        one.url: Health(state=State.UP, stamp=seen, checked=seen)
        for one in mirrors.mirrors
    }
    snapshot = Snapshot(taken=seen, health=health)
    continents = {code: one.continent for code, one in load_countries().items()}
    return Listing(mirrors=mirrors, snapshot=snapshot, continents=continents)


def _form(form: Form) -> str:
    (page,) = form.written(example_listing())
    text = page.content.decode().replace("\r\n", "\n")
    name = f"In `{page.path}`:\n\n" if form.folder else ""
    return f"\n### `--to {form.name}`\n\n{name}```\n{text}```\n"


def toml(value: object) -> str:
    """Return a default as it stands in the file."""
    match value:
        case bool():
            return str(value).lower()
        case tuple():
            return f"[{', '.join(toml(one) for one in value)}]"
        case str():
            return f'"{value}"'
        case _:
            return str(value)


def _settings(
    settings: Mapping[str, Setting], context: str, suffix: str
) -> Iterator[str]:
    for key, about in settings.items():
        yield (
            f"\n### `{key}`{suffix}\n\n"
            f"*Description:*\n{_sentences(about.description)}\n\n"
            f"*Syntax:* `{key}` = {about.parser.syntax}\n\n"
            f"*Default:* `{key} = {toml(about.default)}`\n\n"
            f"*Context:* `{context}`; a change counts {_when(about)}\n"
        )


def _option(name: str, option: Option) -> str:
    return (
        f"\n### `{name}`\n\n"
        f"*Description:*\n{_sentences(option.description)}\n\n"
        f"*Syntax:* `{name}=` {option.syntax}\n\n"
        f"*Default:* {option.default}\n\n"
        f"*Context:* any line; a change counts within seconds\n\n"
        f"*Example:* `{option.example}`\n"
    )


def _code(code: Code) -> str:
    silence = "" if code.silenceable else "; cannot be silenced"
    return (
        f"\n#### `{code.name}`\n\n"
        f"*Severity:* {code.severity}{silence}\n\n"
        f"*What:*\n{_sentences(code.what)}\n\n"
        f"*Why it matters:*\n{_sentences(code.why)}\n\n"
        f"*How to mend:*\n{_sentences(code.mend)}\n"
    )


def _when(about: Setting) -> str:
    return "after a restart" if about.restart else "within seconds"


def _in_short(about: Setting) -> str:
    restart = " After a restart." if about.restart else ""
    syntax = about.parser.syntax.replace("`", "")
    syntax = syntax[0].upper() + syntax[1:]
    return f"{about.description.replace('`', '')} {syntax}.{restart}"


def _comment(text: str) -> str:
    lines = textwrap.wrap(text, 84, break_long_words=False, break_on_hyphens=False)
    return "".join(f"# {line}\n" for line in lines)


def _sentences(text: str) -> str:
    return re.sub(r"(?<=\.) (?=[A-Z`])", "\n", text)


def main() -> None:
    """Write the reference text where it belongs."""
    (ROOT / "mirrorsel.toml").write_text(settings_file(), encoding="utf-8")
    references = {
        "configuration.md": settings_reference(),
        "mirrors-list.md": options_reference(),
        "lint.md": codes_reference(),
        "import-export.md": forms_reference(),
    }
    for name, reference in references.items():
        document = ROOT / "docs" / name
        written = document.read_text(encoding="utf-8").partition(MARK)[0]
        document.write_text(f"{written}{MARK}{reference}", encoding="utf-8")
    commands = ROOT / "docs" / "commands"
    commands.mkdir(exist_ok=True)
    for name, page in command_pages().items():
        (commands / name).write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
