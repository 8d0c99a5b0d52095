"""The kinds of problems that reading a list finds."""

from mirrorsel.lint.code import Code, error

_HALF_READ = (
    "Until it is mended the whole edit is refused, and the list before it stays in"
    " force."
)

FILE = (
    error(
        "unreadable-file",
        what="The list is missing, closed to this account, no ordinary file or larger"
        " than 16 MiB.",
        why="Without a list, the last good one is used, or no mirror at all.",
        mend="Put the file where the setting `list.file` says, readable for the"
        " accounts of httpd and of the checker.",
    ),
    error(
        "not-utf-8",
        what="A byte of the file belongs to no character in UTF-8.",
        why=_HALF_READ,
        mend="Save the file in UTF-8; the place is most likely a name with an accent"
        " from another encoding.",
    ),
    error(
        "no-mirror",
        what="The file has no mirror in it.",
        why="An empty list is more likely an accident than a wish; the list before it"
        " stays in force.",
        mend="List a mirror, be it a single `Backup`.",
    ),
    error(
        "no-final-newline",
        what="The last line has no newline at its end.",
        why="Half a line must not become a mirror while the file is being written.",
        mend="End the line with a newline; most editors can do that whenever they"
        " save.",
    ),
    error(
        "line-too-long",
        what="A line has more than 8192 characters.",
        why="No mirror needs as many; most likely a file of another kind was given.",
        mend="Part the line, or remove it.",
    ),
    error(
        "more-problems",
        what="The file has more than a hundred problems, of which the first are told.",
        why="Whoever reads a log is helped by the first problems, and not by"
        " thousands.",
        mend="Mend those that are told, and look again.",
    ),
    Code(
        name="unreadable-date",
        what="The header `# date :` holds no date that can be read.",
        why="The list counts as old as the last change of its file, by which the age"
        " of its epochs is judged where the checker knows nothing.",
        mend="Write it as `# date : Wed Sep  2 09:49:53 2015 [UTC]`, with English"
        " names.",
    ),
)

WORDS = (
    error(
        "unclosed-quote",
        what="A double quote has no second one behind it.",
        why=_HALF_READ,
        mend='Close the quotes; a double quote within them is written `\\"`.',
    ),
    error(
        "unprintable-character",
        what="A character that cannot be seen stands outside a comment.",
        why="A no-break space or a mark of direction makes a word another than it"
        " seems, and control characters could be obeyed by a terminal.",
        mend="Type the word again; such characters come along with text that is"
        " copied from web pages.",
    ),
    error(
        "too-few-fields",
        what="A line has fewer than three fields.",
        why=_HALF_READ,
        mend="Write type, country and URL, as in"
        " `http de https://mirror.example.de/apache/`.",
    ),
    error(
        "unknown-type",
        what="The first field is neither `http` nor `ftp` nor `rsync`.",
        why=_HALF_READ,
        mend="Write the type that belongs to the scheme of the URL.",
    ),
    error(
        "not-a-country",
        what="The second field is neither a code of two letters nor `Backup`.",
        why=_HALF_READ,
        mend="Write the country's code of ISO 3166-1, as `de`, or `Backup`.",
    ),
    Code(
        name="unknown-country",
        what="No country has a code that stands in the list.",
        why="Nothing is known of the mirror's place, so that it counts as farthest of"
        " all; a country that is refused by a code that no client has is not refused.",
        mend="Write the code of ISO 3166-1; `uk` and `gb` are both read.",
        needs="countries",
    ),
)

URLS = (
    error(
        "not-a-url",
        what="The third field does not start with a scheme that mirrors have.",
        why=_HALF_READ,
        mend="Write the whole base URL, from `https://`, `http://`, `ftp://` or"
        " `rsync://` on.",
    ),
    error(
        "type-mismatch",
        what="The scheme of the URL belongs to another type.",
        why="By the type it is decided how a mirror is probed and who gets it.",
        mend="Write the type that the message names; `http` is also for `https://`.",
    ),
    error(
        "query-in-url",
        what="The URL has a query or a fragment.",
        why="Names of files are put behind the URL, where a query would swallow them.",
        mend="Write the folder that holds the tree, as it is without them.",
    ),
    error(
        "unencoded-character",
        what="A character stands in the URL that may not stand there as itself"
        " (RFC 3986, section 2).",
        why="Programs would encode it in different ways, or not at all.",
        mend="Write it percent-encoded in a path, as `%C3%BC` for `ü`, and in"
        " Punycode in the name of a host, as `xn--mnchen-3ya`.",
    ),
    error(
        "user-in-url",
        what="The URL has a user name or a password.",
        why="The list is published, and every client would be given them.",
        mend="Name the tree as the public reaches it.",
    ),
    error(
        "missing-host",
        what="The URL has no host.",
        why=_HALF_READ,
        mend="Write the host between `//` and the next `/`.",
    ),
    error(
        "not-a-host",
        what="What stands for the host is neither a name nor an address.",
        why="No client could ever reach it.",
        mend="Write a name in ASCII, an IPv4 address, or an IPv6 address in brackets.",
    ),
    error(
        "not-a-port",
        what="The port is no number from 1 to 65535.",
        why="No server listens there.",
        mend="Remove the port with its colon, or mend it.",
    ),
    error(
        "dot-segment",
        what="The path has a segment `.` or `..`.",
        why="Clients resolve it, each where it likes, so that one tree would have"
        " several URLs.",
        mend="Write the path that remains when it is resolved.",
    ),
    Code(
        name="missing-slash",
        what="The URL does not end with `/`, and one was added.",
        why="`https://mirror.example.de/apache` names a file; other programs that read"
        " the list put the names of files right behind it.",
        mend="Add the slash.",
    ),
    Code(
        name="duplicate-url",
        what="The URL stands in the list already.",
        why="The first line counts; what the second says of place, weight or scope"
        " does not.",
        mend="Remove one of the lines; a mirror may also be listed as `Backup`.",
    ),
)

OPTIONS = (
    Code(
        name="not-an-epoch",
        what="The fourth field is a number, and no time in seconds since 1970.",
        why="It is ignored, and the mirror counts as fresh until it is probed.",
        mend="Write seconds, not milliseconds; 0 or `-` where it is unknown.",
    ),
    error(
        "unknown-option",
        what="There is no option of that name.",
        why="A mistyped option that did nothing would be found by nobody.",
        mend="Take the name that is meant; docs/mirrors-list.md has all of them.",
    ),
    error(
        "repeated-option",
        what="An option stands twice in a line.",
        why="One of the two values would count, and nobody could tell which.",
        mend="Remove one of them.",
    ),
    error(
        "wrong-value",
        what="The value of an option is none that it can have.",
        why=_HALF_READ,
        mend="Write it as the example in the message.",
    ),
    error(
        "not-an-option",
        what="A word stands where only options may.",
        why="It is likely an option whose `=` is missing or has blanks around it.",
        mend='Write `name=value` without blanks, or quotes around text: `"Joe Admin'
        ' <joe@example.de>"`.',
    ),
    error(
        "half-a-place",
        what="One of `lat` and `lon` stands without the other.",
        why="Half a place is none.",
        mend="Write both, or neither.",
    ),
    error(
        "no-ip-family",
        what="Both `ipv4` and `ipv6` are `no`.",
        why="The mirror could be reached by nobody.",
        mend='Write `disabled="…"` with the reason, to take it out of service.',
    ),
    error(
        "scope-without-asn",
        what="`only=as` stands without `asn`.",
        why="It cannot be known which clients are of the mirror's system.",
        mend="Add `asn=` with the number of the mirror's autonomous system.",
    ),
    error(
        "scope-without-country",
        what="`only=country` or `only=continent` stands in a line of `Backup`.",
        why="A Backup has no country of which clients could be.",
        mend="Remove the scope, or give the mirror its country.",
    ),
)
