"""The background checker, which probes the mirrors cycle by cycle."""

from mirrorsel.checker.cycle import Cycle, run_cycle
from mirrorsel.checker.probe import Prober, probe
from mirrorsel.checker.service import Service, run

__all__ = ["Cycle", "Prober", "Service", "probe", "run", "run_cycle"]
