"""Words a step's outcome for people: where, what was expected, what came."""

from collections.abc import Iterator

from simulator.results.events import Difference, StepDone


def difference_line(difference: Difference) -> str:
    """One difference in one line, beginning with its file and line."""
    place = f" at {difference.path}" if difference.path else ""
    return (
        f"{difference.file}:{difference.line}: expected{place} {difference.expected}, came {difference.came}"
    )


def step_lines(done: StepDone) -> Iterator[str]:
    """A step that did not hold, in several lines, each difference with file, line, expected and came."""
    yield f"{done.file}:{done.line}: step {done.number}, {done.text}"
    for difference in done.differences:
        yield f"  {difference.file}:{difference.line}: {difference.path or 'the step'}"
        yield f"    expected: {difference.expected}"
        yield f"    came:     {difference.came}"
    if done.note and done.outcome != "held":
        yield f"  {done.note}"
