"""How much a page may be, so that no author of one can keep a server busy."""

LARGEST_FILE = 4 * 2**20
"""How many bytes a file may have that is a page, or is put into one."""

LARGEST_SOURCE = 8 * 2**20
"""How many bytes a file may have with what server-side includes put into it."""

MOST_FILES = 100
"""How many files server-side includes may put into one, and a rendering may read."""

MOST_WORDS = 20_000
"""How many words the directives of a file may have; an HTML comment counts as one."""

LARGEST_PAGE = 16 * 2**20
"""How many bytes a page may yield.

Work counts too, as so many bytes as take about as long.
"""

MOST_FORMATS = 4
"""How many formats may be applied one after another: each multiplies a text."""

MOST_REMARKS = 1000
"""How many problems of one file are told."""
