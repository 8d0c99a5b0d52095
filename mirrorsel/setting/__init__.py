"""One setting: its default, its check and its sentence, together in one place.

A section of the settings file is a frozen dataclass whose fields are made by
`setting`; the reader, the documentation and its test are made from them.
"""

from mirrorsel.setting.addresses import (
    base_url,
    base_urls,
    host,
    is_mailbox,
    mailbox,
    mailboxes,
    page_url,
    places,
    trackers,
    web_url,
)
from mirrorsel.setting.amounts import (
    duration,
    number,
    size,
    size_or_none,
    spell,
    spell_size,
    whole,
)
from mirrorsel.setting.shape import Parser, Setting, setting, settings_of
from mirrorsel.setting.words import choice, country, flag, text, texts

__all__ = [
    "Parser",
    "Setting",
    "base_url",
    "base_urls",
    "choice",
    "country",
    "duration",
    "flag",
    "host",
    "is_mailbox",
    "mailbox",
    "mailboxes",
    "number",
    "page_url",
    "places",
    "setting",
    "settings_of",
    "size",
    "size_or_none",
    "spell",
    "spell_size",
    "text",
    "texts",
    "trackers",
    "web_url",
    "whole",
]
