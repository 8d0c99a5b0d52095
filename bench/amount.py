"""Numbers on the command lines of benchmarks."""

import argparse


def amount(text: str) -> int:
    """Return how many of something are wanted, for argparse."""
    if not text.isascii() or not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 on")
    return int(text)
