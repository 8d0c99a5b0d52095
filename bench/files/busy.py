"""What else this machine does while things are measured."""

import os

_SHARE = 4


def busy() -> str:
    """Return a warning if others are at work; empty if the machine is quiet."""
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    if load <= cores / _SHARE:
        return ""
    return (
        f"This machine is busy (load {load:.1f} on {cores} cores):"
        " times are too long, and only ratios tell something."
    )
