"""What holds for all tests."""

from hypothesis import settings

# A busy machine must not fail a law by being slow.
settings.register_profile("mirrorsel", deadline=None)
settings.load_profile("mirrorsel")
