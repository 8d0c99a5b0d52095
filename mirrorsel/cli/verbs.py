"""The verbs of the program."""

from collections.abc import Mapping
from types import MappingProxyType

SECTIONS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "Set up": {
            "init": "init",
            "doctor": "doctor",
        },
        "Serve": {
            "serve": "serve",
            "checker": "checker",
            "notify": "notify",
            "geoip": "geoip",
            "files": "files",
        },
        "The list of mirrors": {
            "edit": "edit",
            "list": "list",
            "show": "show",
            "add": "add",
            "set": "set",
            "disable": "disable",
            "enable": "enable",
            "remove": "remove",
            "diff": "diff",
            "lint": "lint",
            "check": "check",
            "preview": "preview",
            "import": "import_list",
            "export": "export_list",
        },
        "Look": {
            "status": "status",
            "log": "log",
            "explain": "explain",
        },
        "Pages and security": {
            "lint-pages": "lint_pages",
            "audit": "audit",
        },
        "Help": {
            "manual": "manual",
            "completion": "completion",
        },
    }
)
"""By section of the help: every verb with the module of `mirrorsel.cli` it lives in."""
