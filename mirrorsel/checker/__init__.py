"""The background checker, which probes the mirrors cycle by cycle."""

from mirrorsel.checker.cycle import Cycle, run_cycle
from mirrorsel.checker.probe import Prober
from mirrorsel.checker.service import Service, run

__all__ = ["Cycle", "Prober", "Service", "run", "run_cycle"]
