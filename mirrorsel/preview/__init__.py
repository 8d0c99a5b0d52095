"""Pure: what an edit of the list changes for the world."""

from mirrorsel.preview.crowd import UNKNOWN, Crowd, Spot, Towns, crowds
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
from mirrorsel.preview.plan import Edit, Plan, World, newcomers, plan
from mirrorsel.preview.preview import preview

__all__ = [
    "UNKNOWN",
    "Basis",
    "CountryEffect",
    "Crowd",
    "Edit",
    "Effect",
    "Fate",
    "Home",
    "MirrorEffect",
    "Outlook",
    "Plan",
    "Spot",
    "Towns",
    "Verdict",
    "View",
    "World",
    "crowds",
    "newcomers",
    "plan",
    "preview",
]
