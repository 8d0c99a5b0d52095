"""What a resource leaves behind of an answer that may be given again."""

from dataclasses import dataclass
from typing import Any

from mirrorsel.web.shown import Holds

LASTING = "mirrorsel.lasting"
"""The key of the environ under which it is left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasting:
    """Who gets the same answer, and for how long."""

    holds: Holds
    public: bool
    """Whether it is the same for all clients."""


def leave(environ: dict[str, Any], holds: Holds, *, public: bool = False) -> None:
    """Let an answer be given again while it holds, and the realm is the same."""
    environ[LASTING] = Lasting(holds=holds, public=public)


def always() -> bool:
    """Hold as long as the realm is the same."""
    return True
