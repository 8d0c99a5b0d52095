"""What a process takes of memory and processors."""

import resource
from pathlib import Path


def own_memory() -> float:
    """Return the MB of memory that this process shares with no other."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    kinds = ("Private_Clean:", "Private_Dirty:")
    own = [int(line.split()[1]) for line in lines if line.startswith(kinds)]
    return sum(own) * 1024 / 1e6


def most_memory() -> float:
    """Return the MB that this process has ever had in memory, shared ones too."""
    # What `getrusage` tells begins with what its parent had when it was forked.
    lines = Path("/proc/self/status").read_text().splitlines()
    most = next(line for line in lines if line.startswith("VmHWM:"))
    return int(most.split()[1]) * 1024 / 1e6


def cpu_seconds() -> float:
    """Return the seconds that this process and the ended ones below it computed."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    used = [resource.getrusage(one) for one in who]
    return sum(one.ru_utime + one.ru_stime for one in used)
