"""The lines that close a run: counts per target and per skip reason."""

from collections.abc import Iterator

from simulator.results.events import VERDICTS, RunEnded, RunStarted


def closing_lines(started: RunStarted | None, ended: RunEnded) -> Iterator[str]:
    """One line per target, one per skip reason below it, and the seed."""
    for target in started.targets if started else []:
        if target.problem is not None:
            yield f"{target.name}: not reached: {target.problem}"
    for target_name, verdicts in ended.verdicts.items():
        counted = ", ".join(f"{verdicts.get(verdict, 0)} {verdict}" for verdict in VERDICTS)
        yield f"{target_name}: {counted}"
        for reason, number in ended.skips.get(target_name, {}).items():
            yield f"  skipped {number}: {reason}"
    state = "interrupted after" if ended.interrupted else "done in"
    seed = f", seed {started.seed}" if started else ""
    yield f"{state} {ended.seconds:.2f} s{seed}"
