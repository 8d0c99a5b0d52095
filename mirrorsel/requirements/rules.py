"""The requirements of a mirror, with how each is looked at."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from mirrorsel.requirements import answers, pages, ways
from mirrorsel.requirements.evidence import Evidence
from mirrorsel.requirements.seen import Seen


class Level(StrEnum):
    """How bad it is when a requirement does not hold."""

    FATAL = "fatal"
    """It is no mirror at all."""
    ERROR = "error"
    """It cannot be listed like this."""
    WARNING = "warning"
    """It can be listed, and should be mended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One requirement."""

    name: str
    """For programs; it does not change."""
    level: Level
    says: str
    look: Callable[[Evidence], Seen]
    fix: str
    """What to do where it does not hold; directives are those of Apache httpd.

    `{stamp}` stands for the path of the stamp.
    """


RULES: tuple[Rule, ...] = (
    Rule(
        name="base",
        level=Level.FATAL,
        says="the base URL can be read",
        look=pages.base,
        fix="Answer the URL with 200 and the page of the folder, as"
        " `Options +Indexes` does, and with nothing that needs a password.",
    ),
    Rule(
        name="stamp",
        level=Level.FATAL,
        says="the freshness stamp can be read",
        look=answers.stamp,
        fix="Copy the whole tree with rsync, and give {stamp} as it is: one line,"
        " seconds since 1970, a blank and a word.",
    ),
    Rule(
        name="no-folder",
        level=Level.ERROR,
        says="a missing folder is a plain 404",
        look=answers.no_folder,
        fix="Answer what does not exist with 404, and with no redirect and no page of"
        " status 200: `ErrorDocument 404 default`.",
    ),
    Rule(
        name="no-file",
        level=Level.ERROR,
        says="a missing file is a plain 404",
        look=answers.no_file,
        fix="Answer what does not exist with 404, and with no redirect and no page of"
        " status 200: `ErrorDocument 404 default`.",
    ),
    Rule(
        name="age",
        level=Level.WARNING,
        says="the freshness stamp is less than 24 h old",
        look=answers.age,
        fix="Run rsync two to four times a day, not on the hour, and look at its log.",
    ),
    Rule(
        name="entries",
        level=Level.WARNING,
        says="the base has the origin's folders and files",
        look=pages.entries,
        fix="Copy all of the tree, with `--delete`, and put nothing else into it.",
    ),
    Rule(
        name="header",
        level=Level.WARNING,
        says="the base shows HEADER.html",
        look=pages.header,
        fix="Show it above the names: `HeaderName HEADER.html`.",
    ),
    Rule(
        name="footer",
        level=Level.WARNING,
        says="the base shows README.html",
        look=pages.footer,
        fix="Show it below the names: `ReadmeName README.html`.",
    ),
    Rule(
        name="icons",
        level=Level.WARNING,
        says="the base shows icons",
        look=pages.icons,
        fix="Show icons beside the names: `IndexOptions FancyIndexing`.",
    ),
    Rule(
        name="order",
        level=Level.WARNING,
        says="folders stand before files",
        look=pages.order,
        fix="Put folders first: `IndexOptions FancyIndexing FoldersFirst`.",
    ),
    Rule(
        name="frames",
        level=Level.WARNING,
        says="no page has frames",
        look=pages.frames,
        fix="Show the tree by itself, not in a frame of another page.",
    ),
    Rule(
        name="zzz-texts",
        level=Level.WARNING,
        says="zzz/ shows HEADER.html and README.html",
        look=pages.zzz_texts,
        fix="Let HeaderName and ReadmeName hold in all folders of the tree.",
    ),
    Rule(
        name="archives",
        level=Level.WARNING,
        says="archives are sent without Content-Encoding",
        look=answers.archives,
        fix="Send archives as they are, or clients unpack them: remove `AddEncoding`"
        " for .gz and .tgz, and `SetOutputFilter DEFLATE` for archives.",
    ),
    Rule(
        name="media-type",
        level=Level.WARNING,
        says=".tar.gz files have the type application/x-gzip",
        look=answers.media_type,
        fix="Name the type: `AddType application/x-gzip .gz .tgz`.",
    ),
    Rule(
        name="redirect",
        level=Level.WARNING,
        says="redirects of the tree work",
        look=answers.redirect,
        fix="Let .htaccess files of the tree redirect: `AllowOverride FileInfo`.",
    ),
    Rule(
        name="server",
        level=Level.WARNING,
        says="the server is Apache httpd",
        look=answers.server,
        fix="Use Apache httpd, on which the tree's own .htaccess files count.",
    ),
    Rule(
        name="ipv4",
        level=Level.WARNING,
        says="it answers over IPv4",
        look=ways.ipv4,
        fix="Listen on all IPv4 addresses that the name has, or take those away that"
        " do not answer.",
    ),
    Rule(
        name="ipv6",
        level=Level.WARNING,
        says="it answers over IPv6",
        look=ways.ipv6,
        fix="Listen on all IPv6 addresses that the name has and let them through the"
        " firewall, or take its AAAA records away.",
    ),
    Rule(
        name="certificate",
        level=Level.WARNING,
        says="the certificate is valid for 14 d or more",
        look=ways.certificate,
        fix="Renew it, and see that it is renewed by itself a month before its end.",
    ),
    Rule(
        name="https-there",
        level=Level.WARNING,
        says="the tree can be had by https",
        look=ways.available,
        fix="Offer the same tree by https too, with a certificate that browsers"
        " accept.",
    ),
    Rule(
        name="https",
        level=Level.WARNING,
        says="the base URL is an https one",
        look=ways.https,
        fix="Offer the tree by https, with a certificate that browsers accept, and"
        " give that URL.",
    ),
)
"""The base first, then in the order of their weight."""
