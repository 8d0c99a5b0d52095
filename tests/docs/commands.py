"""The pages of docs/commands/, made from the help of each verb.

``python -m tests.docs.reference`` writes them; a test compares them.
"""

import re
from collections.abc import Iterator

from mirrorsel.cli.reference import Paragraph, Verb, describe

HEAD = "<!-- This page is made by tests/docs/commands.py from the program's help. -->\n"
_EXAMPLES = "Examples:"
_GAP = "  "
_MARKS = re.compile(r"[\[\]<>*_]")


def command_pages() -> dict[str, str]:
    """Return the text of each page by its name."""
    verbs = tuple(describe().all())
    pages = {f"{one.page}.md": _page(one) for one in verbs}
    return {"index.md": _index(verbs), **pages}


def _index(verbs: tuple[Verb, ...]) -> str:
    rows = [f"| [`{one.name}`]({one.page}.md) | {one.summary} |" for one in verbs]
    names = "\n".join(one.page for one in verbs)
    return (
        f"{HEAD}\n# Commands\n\n"
        "`mirrorsel VERB --help` prints the same on the terminal,"
        " and `mirrorsel manual` writes manual pages.\n\n"
        "| command | what it does |\n| --- | --- |\n"
        + "\n".join(rows)
        + f"\n\n```{{toctree}}\n:hidden:\n\n{names}\n```\n"
    )


def _page(verb: Verb) -> str:
    return "\n".join(_lines(verb)) + "\n"


def _lines(verb: Verb) -> Iterator[str]:
    yield from (HEAD, f"# `{verb.name}`", "", "```", f"{verb.name} {verb.usage}", "```")
    for one in verb.text:
        yield from ("", *_paragraph(one))
    if verb.verbs:
        yield from ("", "## Commands", "")
        for below in verb.verbs:
            yield f"- [`{below.name}`]({below.page}.md): {below.summary}."
    yield from ("", "## Options", "")
    for option in verb.options:
        yield f"- `{option.names}`: {_escaped(option.help)}"
    if verb.end:
        yield from ("", "## Examples")
        for one in verb.end:
            yield from ("", *_paragraph(one))


def _paragraph(paragraph: Paragraph) -> Iterator[str]:
    if paragraph.kept:
        lines = (one.removeprefix(_GAP) for one in paragraph.lines if one != _EXAMPLES)
        yield from ("```sh", *lines, "```")
    else:
        yield from (_escaped(one) for one in paragraph.lines)


def _escaped(words: str) -> str:
    """Return text of which nothing but `code` is Markdown."""
    parts = words.split("`")
    parts[::2] = [_MARKS.sub(r"\\\g<0>", one) for one in parts[::2]]
    return "`".join(parts)
