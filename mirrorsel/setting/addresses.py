"""Settings that are addresses: URLs, hosts and mailboxes."""

import re

from mirrorsel.hostname import is_host, is_port, split_server
from mirrorsel.setting.shape import Parser
from mirrorsel.setting.words import is_country, read_country, read_text, read_texts

# A mailbox of RFC 5321, section 4.1.2, without quoted names; the host apart.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_MAILBOX = re.compile(rf"(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@[A-Za-z0-9.-]{{1,253}}")
# The characters of RFC 3986, section 2, without a user name, query or fragment.
_BASE_URL = re.compile(
    r"https?://(?P<server>[^/]+)"
    r"(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:/\[\]-]|%[0-9A-Fa-f]{2})*)?"
)


def base_url() -> Parser[str]:
    """Accept an http or https URL; a missing final slash is added."""
    return Parser(syntax="an http or https URL", parse=_base_url)


def base_urls() -> Parser[tuple[str, ...]]:
    """Accept a list of http or https URLs, as `base_url` does."""
    return Parser(
        syntax="a list of http or https URLs",
        parse=lambda value: tuple(_base_url(one) for one in read_texts(value)),
    )


def trackers() -> Parser[tuple[str, ...]]:
    """Accept a list of URLs of BitTorrent trackers: http, https or udp."""
    return Parser(
        syntax="a list of http, https or udp URLs",
        parse=lambda value: tuple(_tracker(one) for one in read_texts(value)),
    )


def web_url() -> Parser[str]:
    """Accept an http or https URL without a user name, or nothing."""
    return Parser(syntax="an http or https URL", parse=_web_url)


def page_url() -> Parser[str]:
    """Accept an http or https URL, as `base_url` does, or nothing."""
    return Parser(
        syntax="an http or https URL",
        parse=lambda value: _base_url(value) if value != "" else "",
    )


def host() -> Parser[str]:
    """Accept a name or an address of a server, an IPv6 one in brackets, or nothing."""
    return Parser(syntax="the name or address of a host", parse=_host)


def mailbox() -> Parser[str]:
    """Accept a mail address, or nothing."""
    return Parser(syntax="a mail address", parse=_mailbox)


def mailboxes() -> Parser[tuple[str, ...]]:
    """Accept a list of mail addresses."""
    return Parser(
        syntax="a list of mail addresses",
        parse=lambda value: tuple(_some_mailbox(one) for one in read_texts(value)),
    )


def is_mailbox(text: str) -> bool:
    """Return whether a text is one mail address, in ASCII and without a name."""
    return bool(_MAILBOX.fullmatch(text)) and is_host(text.rpartition("@")[2])


def places() -> Parser[tuple[str, ...]]:
    """Accept a list of country codes, as `country` does, and of base URLs."""
    return Parser(
        syntax="a list of country codes of two letters and of http or https URLs",
        parse=lambda value: tuple(_place(one) for one in read_texts(value)),
    )


def _base_url(value: object) -> str:
    url = read_text(value)
    parts = _BASE_URL.fullmatch(url)
    server = split_server(parts["server"]) if parts else None
    if server is None or not is_host(server[0]):
        raise ValueError
    if server[1] is not None and not is_port(server[1]):
        raise ValueError
    return url if url.endswith("/") else f"{url}/"


def _web_url(value: object) -> str:
    url = read_text(value)
    if url:
        # What is checked is the server; the rest is whatever its owner gave out.
        scheme, slashes, rest = url.partition("://")
        server = re.split(r"[/?#]", rest, maxsplit=1)[0]
        if " " in url or "\\" in url or "#" in url:
            raise ValueError
        _base_url(f"{scheme}{slashes}{server}/")
    return url


def _tracker(url: str) -> str:
    # BEP 15: a tracker by UDP has a URL like one by HTTP.
    if not _web_url(re.sub(r"\Audp://", "http://", url)):
        raise ValueError
    return url


def _mailbox(value: object) -> str:
    address = read_text(value)
    if address and not is_mailbox(address):
        raise ValueError
    return address


def _some_mailbox(value: object) -> str:
    address = _mailbox(value)
    if not address:
        raise ValueError
    return address


def _host(value: object) -> str:
    host = read_text(value)
    if host and not is_host(host):
        raise ValueError
    return host


def _place(text: str) -> str:
    return read_country(text) if is_country(text) else _base_url(text)
