"""Pure: what an edit of the list changes for the world."""

from mirrorsel.preview.crowd import UNKNOWN, Crowd, crowds
from mirrorsel.preview.effect import (
    Basis,
    CountryEffect,
    Effect,
    Fate,
    MirrorEffect,
    Outlook,
    Verdict,
    View,
)
from mirrorsel.preview.home import Home
from mirrorsel.preview.plan import Plan, World, newcomers, plan
from mirrorsel.preview.preview import preview

__all__ = [
    "UNKNOWN",
    "Basis",
    "CountryEffect",
    "Crowd",
    "Effect",
    "Fate",
    "Home",
    "MirrorEffect",
    "Outlook",
    "Plan",
    "Verdict",
    "View",
    "World",
    "crowds",
    "newcomers",
    "plan",
    "preview",
]
