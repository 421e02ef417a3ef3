"""Work of a case cut into steps, of which one may call others, however deep, without Python's stack."""

from collections.abc import Iterator

from simulator.kernel.run import Run

Steps = Iterator["Steps"]
"""A generator: what it yields is done before it goes on."""


def perform(run: Run, steps: Steps) -> None:
    """Do steps and whatever they call; raises `EndlessRun` over the limit, and whatever a step raises."""
    stack = [steps]
    left = run.at_most
    while stack:
        called = next(stack[-1], None)
        if called is None:
            stack.pop()
            continue
        stack.append(called)
        left -= 1
        if left < 0:
            run.exhausted()
