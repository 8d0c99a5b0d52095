"""All benchmarks, one after the other; options are those of the first."""

from bench import run
from bench.ending import end_in_order
from bench.files import __main__ as files


def main() -> None:
    """Measure everything."""
    end_in_order()
    run.main()
    files.main(())


if __name__ == "__main__":
    main()
