"""A configuration with its includes, conditions, macros and variables resolved.

This is the audit's own reading, for where httpd cannot be asked.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from mirrorsel.audit.directive import Directive, Place, directive
from mirrorsel.audit.dump import Facts
from mirrorsel.audit.source import parse_source
from mirrorsel.audit.tree import absolute
from mirrorsel.audit.version import is_met
from mirrorsel.audit.words import words
from mirrorsel.errors import HttpdError

STATIC = frozenset(
    {
        "core_module",
        "so_module",
        "http_module",
        "unixd_module",
        "log_config_module",
        "logio_module",
        "version_module",
        "watchdog_module",
    }
)
"""What is usually compiled into httpd."""

_DEEPEST = 30
# More than any configuration has; a file that includes itself twice has no end.
_MOST = 500_000
_MOST_FILES = 5_000
_VARIABLE = re.compile(r"\$\{(?P<name>[^}:]+)\}")

Files = Callable[[str], Iterable[tuple[str, str]]]
"""Gives the paths and texts of the files that a pattern of Include names.

After those that can be read, an HttpdError tells of one that cannot.
"""

Special = Callable[[Directive, int], Iterator[Directive]]
"""Gives what stands for a directive, at a depth of nesting."""


class Expansion:
    """Reads one configuration, from its first file on."""

    def __init__(
        self,
        files: Files,
        root: str,
        variables: Mapping[str, str],
        static: frozenset[str] = STATIC,
    ) -> None:
        """Start with nothing read.

        Args:
            files: how files are got.
            root: ServerRoot until the configuration names one.
            variables: what the environment and `-D` define.
            static: the modules that are compiled in.

        """
        self.missing: list[Place] = []
        """Includes that named no file."""
        self.closed: list[str] = []
        """What could not be read, as sentences."""
        self.included: list[Directive] = []
        """Include and IncludeOptional, as they were met."""
        self._left = _MOST
        self._files_left = _MOST_FILES
        self._files = files
        self._root = root
        self._variables = dict(variables)
        self._defined = set(variables)
        self._modules = set(static)
        self._loads = False
        self._macros: dict[str, Directive] = {}
        self._special = self._by_name()

    def read(self, path: str) -> tuple[Directive, ...]:
        """Return the directives of a file and of everything it includes.

        Raises:
            HttpdError: there is no end to them, or sections are nested too deeply.

        """
        found = [parse_source(text, name) for name, text in self._files(path)]
        return tuple(self._expand((one for each in found for one in each), 0))

    def facts(self) -> Facts:
        """Return what was learnt on the way."""
        modules = frozenset(self._modules) if self._loads else None
        return Facts(root=self._root, modules=modules)

    def _by_name(self) -> Mapping[str, Special]:
        """Return what to do with the directives that are more than themselves."""
        return {
            "serverroot": self._server_root,
            "loadmodule": self._load,
            "define": self._define,
            "undefine": self._undefine,
            "macro": self._macro,
            "use": self._use,
            "include": self._include,
            "includeoptional": self._include,
            "ifmodule": self._if_module,
            "ifdefine": self._if_define,
            "iffile": self._if_file,
            "ifversion": self._if_version,
            "ifdirective": self._if_any,
            "ifsection": self._if_any,
        }

    def _expand(self, written: Iterable[Directive], depth: int) -> Iterator[Directive]:
        for raw in written:
            if depth > _DEEPEST:
                self.closed.append(f"{raw.place}: is nested too deeply to be followed")
                return
            self._left -= 1
            if self._left < 0:
                raise HttpdError(f"{raw.place}: it has more than {_MOST} directives")
            one = raw if raw.name == "macro" else self._filled(raw)
            special = self._special.get(one.name)
            if special is not None:
                yield from special(one, depth)
            elif one.children:
                inner = tuple(self._expand(one.children, depth + 1))
                yield replace(one, children=inner)
            else:
                yield one

    def _filled(self, one: Directive) -> Directive:
        """Return a directive with its variables replaced, but not its content's."""
        if "${" not in one.text:
            return one
        text = _VARIABLE.sub(
            lambda found: self._variables.get(found["name"], found[0]), one.text
        )
        return directive(one.written, text, one.place, one.children)

    def _server_root(self, one: Directive, _depth: int) -> Iterator[Directive]:
        self._root = one.first
        yield one

    def _load(self, one: Directive, _depth: int) -> Iterator[Directive]:
        self._loads = True
        self._modules.add(one.first)
        yield one

    def _define(self, one: Directive, _depth: int) -> Iterator[Directive]:
        self._defined.add(one.first)
        if one.arguments[1:]:
            self._variables[one.first] = one.arguments[1]
        yield from ()

    def _undefine(self, one: Directive, _depth: int) -> Iterator[Directive]:
        self._defined.discard(one.first)
        self._variables.pop(one.first, None)
        yield from ()

    def _macro(self, one: Directive, _depth: int) -> Iterator[Directive]:
        self._macros[one.first.lower()] = one
        yield from ()

    def _use(self, one: Directive, depth: int) -> Iterator[Directive]:
        macro = self._macros.get(one.first.lower())
        if macro is None:
            self.missing.append(one.place)
            return
        names = sorted(
            zip(macro.arguments[1:], one.arguments[1:], strict=False),
            key=lambda pair: -len(pair[0]),
        )
        used = [_replaced(child, names, one, macro) for child in macro.children]
        yield from self._expand(used, depth + 1)

    def _include(self, one: Directive, depth: int) -> Iterator[Directive]:
        self.included.append(one)
        files = self._opened(absolute(one.first, self._root))
        if not files and one.name == "include":
            self.missing.append(one.place)
        for path, text in files:
            self._files_left -= 1
            if self._files_left < 0:
                raise HttpdError(f"{one.place}: more than {_MOST_FILES} files are read")
            yield from self._expand(parse_source(text, path), depth + 1)

    def _opened(self, pattern: str) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        try:
            found.extend(self._files(pattern))
        except HttpdError as error:
            self.closed.append(str(error))
        return found

    def _if_module(self, one: Directive, depth: int) -> Iterator[Directive]:
        if not self._loads:
            # A part of a configuration: any module may be loaded, or missing.
            yield from self._expand(one.children, depth + 1)
            return
        yield from self._if(one, depth, met=self._has(one.first.removeprefix("!")))

    def _if_define(self, one: Directive, depth: int) -> Iterator[Directive]:
        yield from self._if(
            one, depth, met=one.first.removeprefix("!") in self._defined
        )

    def _if_file(self, one: Directive, depth: int) -> Iterator[Directive]:
        # The mark stands before the quotes.
        name = (*words(one.text.removeprefix("!")), "")[0]
        exists = bool(self._opened(absolute(name, self._root)))
        yield from self._if(one, depth, met=exists)

    def _if_version(self, one: Directive, depth: int) -> Iterator[Directive]:
        if is_met(one.arguments):
            yield from self._expand(one.children, depth + 1)

    def _if_any(self, one: Directive, depth: int) -> Iterator[Directive]:
        """Take a condition that only httpd can tell, like IfSection, as met."""
        yield from self._expand(one.children, depth + 1)

    def _if(self, one: Directive, depth: int, *, met: bool) -> Iterator[Directive]:
        if met is not one.first.startswith("!"):
            yield from self._expand(one.children, depth + 1)

    def _has(self, module: str) -> bool:
        """Whether a module is loaded."""
        name = module.removeprefix("mod_").removesuffix(".c").removesuffix("_module")
        return f"{name}_module" in self._modules


def _replaced(
    one: Directive, names: list[tuple[str, str]], use: Directive, macro: Directive
) -> Directive:
    """Return a directive of a macro with the parameters replaced, at its use."""
    text = one.text
    for parameter, value in names:
        text = text.replace(parameter, value)
    line = one.place.line - macro.place.line
    label = f"{macro.first.lower()}, line {line}"
    place = replace(use.place, macro=use.place.macro or label)
    children = (_replaced(child, names, use, macro) for child in one.children)
    return directive(one.written, text, place, children)
