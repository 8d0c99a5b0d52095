"""The directives AllowOverride and AllowOverrideList, and what they let through."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from mirrorsel.audit.directive import TRANSPARENT, Directive
from mirrorsel.audit.options import Option, meaning
from mirrorsel.audit.runner import ANY, group_of, known_to, runner_of

GROUPS = frozenset({"options", "fileinfo", "authconfig", "indexes", "limit"})

_GROUP: Mapping[str, str] = {
    "options": "options",
    "xbithack": "options",
    "filterdeclare": "options",
    "filterprovider": "options",
    "filterchain": "options",
    "require": "authconfig",
    "requireall": "authconfig",
    "requireany": "authconfig",
    "requirenone": "authconfig",
    "order": "limit",
    "allow": "limit",
    "deny": "limit",
    "directoryindex": "indexes",
    "directoryslash": "indexes",
    "fallbackresource": "indexes",
    "checkspelling": "options",
    "checkcaseonly": "options",
    "contentdigest": "options",
    "ssloptions": "options",
    "satisfy": "authconfig",
    "limitrequestbody": ANY,
    "limitxmlrequestbody": ANY,
    "serversignature": ANY,
}
# What families of directives begin with.
_FAMILIES: Mapping[str, str] = {
    **dict.fromkeys(("auth", "anonymous", "session", "sslrequire"), "authconfig"),
    **dict.fromkeys(("sslverify", "sslcipher", "sslusername"), "authconfig"),
    **dict.fromkeys(("addicon", "addalt", "adddescription", "index"), "indexes"),
    **dict.fromkeys(("defaulticon", "headername", "readmename"), "indexes"),
    **dict.fromkeys(("expires", "imap"), "indexes"),
}
_SECTIONS = frozenset({"files", "filesmatch", "if", "elseif", "else"}) | TRANSPARENT
# Each AllowOverride says it anew; "none" and "all" also undo what stands before them.
_NONFATAL: Mapping[str, frozenset[str]] = {
    "override": frozenset({"override"}),
    "unknown": frozenset({"unknown"}),
    "all": frozenset({"override", "unknown"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """What a `.htaccess` may do."""

    groups: frozenset[str] = frozenset()
    """Some of `GROUPS`."""
    options: frozenset[Option] | None = None
    """The options it may set, where `groups` has "options"; None: any."""
    names: frozenset[str] = frozenset()
    """Directives it may use besides, in lower case."""
    lenient: bool = False
    """Whether a directive that it may not use is ignored, not answered by 500."""
    forgiving: bool = False
    """Whether a directive that no module knows is ignored, not answered by 500."""
    allowed_by: Directive | None = None
    """The directive that set `groups`."""
    listed_by: Directive | None = None
    """The directive that set `names`."""

    @property
    def reads(self) -> bool:
        """Whether httpd reads a `.htaccess` at all."""
        return bool(self.groups or self.names)

    @property
    def blamed(self) -> Directive | None:
        """The directive to change first."""
        return self.allowed_by if self.groups else self.listed_by

    def may(self, name: str) -> bool:
        """Whether a `.htaccess` may use the directive or section of this name."""
        if name in _SECTIONS:
            return self.reads
        group = _GROUP.get(name) or group_of(name) or _family(name)
        return name in self.names or (
            bool(self.groups) if group == ANY else group in self.groups
        )

    def may_set(self, option: Option) -> bool:
        """Whether a `.htaccess` may turn on an option."""
        if "options" in self.names:
            return True
        return "options" in self.groups and (
            self.options is None or option in self.options
        )

    def forgives(self, one: Directive, modules: frozenset[str] | None) -> bool:
        """Whether a directive that it does not get is ignored, not answered by 500.

        Args:
            one: a directive of a `.htaccess`.
            modules: the loaded modules; None when unknown.

        """
        unknown = runner_of(one.name) is not None and not known_to(one, modules)
        return self.forgiving if unknown else self.lenient

    def permits(self, directive: Directive) -> bool:
        """Whether httpd would accept this directive of a `.htaccess`."""
        if not self.may(directive.name):
            return False
        if directive.name != "options":
            return True
        wanted = (one for word in directive.arguments for one in meaning(word))
        return all(self.may_set(one) for one in wanted)


def _family(name: str) -> str:
    met = (group for start, group in _FAMILIES.items() if name.startswith(start))
    return next(met, "fileinfo")


def permitted(htaccess: Iterable[Directive], override: Override) -> list[Directive]:
    """Return what of a `.htaccess` is let through, in sections too.

    That is what httpd does where it is lenient. Where it is not, it answers the
    folder with 500 instead; but whoever writes the file can leave out the rest.
    """
    kept = []
    for one in htaccess:
        if one.children:
            inner = tuple(permitted(one.children, override))
            if inner and override.reads:
                kept.append(replace(one, children=inner))
        elif override.permits(one):
            kept.append(one)
    return kept


def override_with(before: Override, directive: Directive) -> Override:
    """Return what holds after AllowOverride or AllowOverrideList."""
    if directive.name == "allowoverridelist":
        named = frozenset(one.lower() for one in directive.arguments)
        return replace(before, names=named - {"none"}, listed_by=directive)
    groups: frozenset[str] = frozenset()
    options, ignored = before.options, frozenset[str]()
    for word in (one.lower() for one in directive.arguments):
        name, given, value = word.partition("=")
        if name == "nonfatal":
            ignored |= _NONFATAL.get(value, frozenset())
        elif name == "none":
            groups, ignored = frozenset(), frozenset()
        elif name == "all":
            groups, ignored = GROUPS, frozenset()
        elif name in GROUPS:
            groups |= {name}
        if name == "options":
            options = _options(value) if given else None
    return replace(
        before,
        groups=groups,
        options=options,
        lenient="override" in ignored,
        forgiving="unknown" in ignored,
        allowed_by=directive,
    )


def _options(value: str) -> frozenset[Option]:
    return frozenset(one for word in value.split(",") for one in meaning(word))
