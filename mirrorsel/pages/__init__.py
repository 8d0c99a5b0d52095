"""The template language of download pages."""

from mirrorsel.pages.builder import Unknown
from mirrorsel.pages.finding import Finding
from mirrorsel.pages.limits import LARGEST_FILE
from mirrorsel.pages.readable import cannot_be_read
from mirrorsel.pages.recognition import is_download_page
from mirrorsel.pages.rendering import Included, Includer
from mirrorsel.pages.report import report
from mirrorsel.pages.template import Template, parse
from mirrorsel.pages.trial import trial
from mirrorsel.pages.values import Item, Markup, Value, Values
from mirrorsel.pages.vocabulary import NAMES, STANDARD, Vocabulary

__all__ = [
    "LARGEST_FILE",
    "NAMES",
    "STANDARD",
    "Finding",
    "Included",
    "Includer",
    "Item",
    "Markup",
    "Template",
    "Unknown",
    "Value",
    "Values",
    "Vocabulary",
    "cannot_be_read",
    "is_download_page",
    "parse",
    "report",
    "trial",
]
