"""The directive Options, merged as httpd merges it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mirrorsel.audit.directive import Directive


class Option(StrEnum):
    """One thing that Options allows in a folder."""

    INDEXES = "Indexes"
    INCLUDES = "Includes"
    EXEC = "Includes with exec"
    """What IncludesNOEXEC leaves out."""
    SYMLINKS = "FollowSymLinks"
    OWNER = "SymLinksIfOwnerMatch"
    CGI = "ExecCGI"
    MULTI = "MultiViews"


ALL = frozenset(
    {Option.INDEXES, Option.INCLUDES, Option.EXEC, Option.SYMLINKS, Option.CGI}
)

_WORDS: Mapping[str, frozenset[Option]] = {
    "none": frozenset(),
    "all": ALL,
    "indexes": frozenset({Option.INDEXES}),
    "includes": frozenset({Option.INCLUDES, Option.EXEC}),
    "includesnoexec": frozenset({Option.INCLUDES}),
    "followsymlinks": frozenset({Option.SYMLINKS}),
    "symlinksifownermatch": frozenset({Option.OWNER}),
    "execcgi": frozenset({Option.CGI}),
    "multiviews": frozenset({Option.MULTI}),
    # An old name that httpd still knows, and that its manual does not.
    "runscripts": frozenset({Option.MULTI, Option.CGI}),
}


def meaning(word: str) -> frozenset[Option]:
    """Return what a word behind Options stands for, without its sign."""
    return _WORDS.get(word.lstrip("+-").lower(), frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What is allowed, and which directive allowed each of it."""

    on: Mapping[Option, Directive | None] = field(default_factory=dict)
    """None stands for httpd's own default."""
    explicit: bool = False
    """Whether the words stood without signs, so that nothing is inherited."""
    added: Mapping[Option, Directive | None] = field(default_factory=dict)
    removed: frozenset[Option] = frozenset()

    def then(self, inner: "Options") -> "Options":
        """Return what holds where `inner` is merged over this."""
        if inner.explicit:
            return inner
        added = _without(self.added, inner.removed) | dict(inner.added)
        removed = (self.removed - frozenset(inner.added)) | inner.removed
        on = _without(self.on, removed) | added
        if self.execs and Option.INCLUDES in inner.on and not inner.execs:
            on.pop(Option.EXEC, None)
        return Options(on=on, explicit=self.explicit, added=added, removed=removed)

    @property
    def execs(self) -> bool:
        """Whether includes may run programs."""
        return Option.INCLUDES in self.on and Option.EXEC in self.on


DEFAULT = Options(on={Option.SYMLINKS: None}, explicit=True)
"""What httpd allows where nothing is set."""


def options_of(section: Iterable[Directive]) -> Options:
    """Return the Options of one section, in the order of its directives."""
    result = Options()
    for one in section:
        if one.name == "options":
            result = _read(result, one)
    return result


def _read(before: Options, directive: Directive) -> Options:
    result = before
    for position, word in enumerate(directive.arguments):
        found = dict.fromkeys(meaning(word), directive)
        if word.startswith("+"):
            result = Options(
                on={**result.on, **found},
                explicit=result.explicit,
                added={**result.added, **found},
                removed=result.removed - frozenset(found),
            )
        elif word.startswith("-"):
            result = Options(
                on=_without(result.on, frozenset(found)),
                explicit=result.explicit,
                added=_without(result.added, frozenset(found)),
                removed=result.removed | frozenset(found),
            )
        else:
            kept = result.on if position else {}
            result = Options(
                on={**kept, **found},
                explicit=True,
                added=result.added,
                removed=result.removed,
            )
    return result


def _without(
    options: Mapping[Option, Directive | None], removed: frozenset[Option]
) -> dict[Option, Directive | None]:
    return {one: who for one, who in options.items() if one not in removed}
