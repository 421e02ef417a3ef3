"""The talk between a row and the process that measures: a case's name and count in, seconds out, as JSON lines."""

import gc
import json
import sys
import time
from pathlib import Path


def resident():
    """The process's resident memory in bytes."""
    with Path("/proc/self/status").open() as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmRSS"))


def serve(cases, measures):
    """Run cases (no-argument functions) and measures (functions of one number) on request, until the input ends."""
    print(json.dumps({"cases": sorted(cases), "measures": sorted(measures)}), flush=True)
    for line in sys.stdin:
        name, count = json.loads(line)
        if name in measures:
            print(json.dumps(measures[name](count)), flush=True)
            continue
        run = cases[name]
        gc.collect()
        began = time.perf_counter()
        for _ in range(count):
            run()
        print(json.dumps(time.perf_counter() - began), flush=True)
