"""The Python environment by paths that other accounts can follow."""

import sys
from pathlib import Path


def prefix(given: str = sys.prefix) -> Path:
    """Return the folder of the environment, behind any link to it.

    The link may lie in a folder that only the operator can enter.
    """
    return Path(given).resolve()


def interpreter(executable: str = sys.executable, given: str = sys.prefix) -> Path:
    """Return the interpreter's path in the environment.

    Its last step is not resolved: a link there is what makes it this
    environment's interpreter.
    """
    program = Path(executable)
    if not program.is_relative_to(given):
        return program
    return prefix(given) / program.relative_to(given)
