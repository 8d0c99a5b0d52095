"""When the garbage of a process that answers requests is collected."""

import gc

_THRESHOLDS = 10_000, 20, 20
"""After how many new objects, and then how many collections of younger ones, each of
the three generations is collected; Python begins with 700, 10 and 10."""


def collect_seldom() -> None:
    """Spare requests the collections of garbage that find none.

    Hardly any answer leaves cycles, and what lives as long as the process need not be
    looked at.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
