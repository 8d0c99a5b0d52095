"""Pure: what an edit of the list changes for the world."""

from mirrorsel.preview.crowd import UNKNOWN, Crowd, crowds
from mirrorsel.preview.effect import (
    Basis,
    CountryEffect,
    Effect,
    Fate,
    Home,
    MirrorEffect,
    Outlook,
    Verdict,
    View,
)
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
    "Verdict",
    "View",
    "World",
    "crowds",
    "newcomers",
    "plan",
    "preview",
]
