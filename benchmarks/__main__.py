"""`python -m benchmarks [ROW]... [--live URL]`."""

import argparse
import importlib

from benchmarks.table import show

ROWS = ("engine", "waiting", "memory", "parse", "graph", "server", "in_process", "startup", "expressions")


def main() -> None:
    """Measure the rows asked for, each after the other."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    asked.add_argument("rows", nargs="*", metavar="ROW", help=f"some of: {', '.join(ROWS)}")
    asked.add_argument(
        "--live", help="the REST root of a live Camunda 7, such as http://127.0.0.1:8080/engine-rest"
    )
    options = asked.parse_args()
    unknown = set(options.rows) - set(ROWS)
    if unknown:
        asked.error(f"no row {', '.join(sorted(unknown))}; there are {', '.join(ROWS)}")
    for row in options.rows or ROWS:
        print(f"\n{row}", flush=True)
        show(importlib.import_module(f"benchmarks.rows.{row}").measure(options.live))


if __name__ == "__main__":
    main()
