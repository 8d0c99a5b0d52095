"""What holds for all tests."""

import os

from hypothesis import settings

# A busy machine must not fail a law by being slow.
settings.register_profile("mirrorsel", deadline=None)
settings.load_profile("mirrorsel")

# A terminal is as wide as a test makes it, whatever runs the tests.
for _size in ("COLUMNS", "LINES"):
    os.environ.pop(_size, None)
