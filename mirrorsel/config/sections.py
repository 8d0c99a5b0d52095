"""The sections of the settings file; each setting with its default and sentence."""

from dataclasses import dataclass, field, fields
from pathlib import Path

from mirrorsel.config.checking import CheckerSettings
from mirrorsel.config.locating import GeoipSettings
from mirrorsel.config.notification import NotifySettings
from mirrorsel.config.published import TreeSettings
from mirrorsel.health.policy import HealthPolicy
from mirrorsel.selection.policy import Policy
from mirrorsel.setting import base_url, flag, setting, text, texts, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSettings:
    """The section `[list]`: which mirrors there are and what they mirror."""

    file: str = setting(text(), "mirrors.list", "The list of mirrors.", restart=True)
    origin: str = setting(
        base_url(),
        "https://downloads.apache.org/",
        "The tree that the mirrors copy: the last resort for every download, the"
        " Backup of a list without one, and the home of all that must never come"
        " from a mirror.",
    )
    always_origin: tuple[str, ...] = setting(
        texts(),
        ("*.asc", "*.sig", "*.md5", "*.sha1", "*.sha256", "*.sha512", "KEYS"),
        "File names, with `*` and `?`, that are always sent to the origin:"
        " what proves a download must not come from where the download came from.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """The section `[web]`: what answers look like."""

    links: int = setting(
        whole(0, 20),
        4,
        "How many further mirrors a redirect names in its `Link` header (RFC 6249),"
        " behind the one that it leads to.",
    )
    status: bool = setting(
        flag(),
        default=True,
        description="Whether the pages below `/mirrors/` show the mirrors' health;"
        " `false` answers them with 404.",
    )
    counters: str = setting(
        text(),
        "counters",
        "The folder in which the processes that answer requests count selections;"
        " their account must be able to write it, and nobody else. Where it is"
        " missing, each process counts for itself.",
        restart=True,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesSettings:
    """The section `[pages]`: how download pages are made from their templates."""

    default: str = setting(
        text(),
        "",
        "The template of the page that is shown where there is no other, and at the"
        " addresses of the closer interface; empty for the built-in one. What it"
        " includes lies in its folder; `mirrorsel serve` copies, of what a relative"
        " path names, that file alone.",
    )
    archive: str = setting(
        text(),
        "",
        "The template of the page for files that are not in the published tree;"
        " empty for the built-in one. For what it includes, see `default`.",
    )
    missing: bool = setting(
        flag(),
        default=True,
        description="Whether a URL without a page of its own gets the default page;"
        " `false` for an answer 404.",
    )
    keep_unknown: bool = setting(
        flag(),
        default=True,
        description="Whether a directive of an unknown name stays as it stands;"
        " `false` to leave it out.",
    )
    asf_mirror_filename: bool = setting(
        flag(),
        default=False,
        description="Whether the variable `ASF_MIRROR_FILENAME` of httpd may name the"
        " page's file; a `.htaccess` that may set variables can name any page of its"
        " document root with it.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AtticSettings:
    """The section `[attic]`: the projects that were retired."""

    folder: str = setting(
        text(),
        "",
        "The folder with a file `PROJECT.html` for each; empty for none. The account"
        " that answers requests must be able to enter it, as the tree's.",
    )
    projects: tuple[str, ...] = setting(
        texts(), (), "Names of further retired projects."
    )
    url: str = setting(
        base_url(),
        "https://attic.apache.org/projects/",
        "Where the file `PROJECT.html` of a retired project is read.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StateSettings:
    """The section `[state]`: where the checker keeps what it knows."""

    folder: str = setting(
        text(),
        "state",
        "The folder of the snapshot, the journal and the last good list; the checker"
        " alone writes it.",
        restart=True,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One version of the settings file."""

    folder: Path = field(default=Path())
    """What relative paths start from: the settings file's own folder."""
    list: ListSettings = field(default_factory=ListSettings)
    selection: Policy = field(default_factory=Policy)
    health: HealthPolicy = field(default_factory=HealthPolicy)
    checker: CheckerSettings = field(default_factory=CheckerSettings)
    geoip: GeoipSettings = field(default_factory=GeoipSettings)
    state: StateSettings = field(default_factory=StateSettings)
    web: WebSettings = field(default_factory=WebSettings)
    pages: PagesSettings = field(default_factory=PagesSettings)
    tree: TreeSettings = field(default_factory=TreeSettings)
    attic: AtticSettings = field(default_factory=AtticSettings)
    notify: NotifySettings = field(default_factory=NotifySettings)

    def path(self, name: str) -> Path:
        """Return a path of the settings, from the settings file's folder."""
        return self.folder / name

    @property
    def list_file(self) -> Path:
        """The list of mirrors."""
        return self.path(self.list.file)

    @property
    def counters_folder(self) -> Path:
        """The folder that the processes which answer requests write."""
        return self.path(self.web.counters)

    @property
    def tree_folder(self) -> Path | None:
        """The folder of published files; None where this machine has none."""
        return self.path(self.tree.folder) if self.tree.folder else None

    @property
    def state_folder(self) -> Path:
        """The folder that the checker writes."""
        return self.path(self.state.folder)


def sections() -> dict[str, type]:
    """Return the class of every section by its name in the file."""
    return {
        one.name: type(getattr(Settings(), one.name))
        for one in fields(Settings)
        if one.name != "folder"
    }
