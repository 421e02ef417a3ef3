"""Finds the task or job that a step is about."""

from simulator.scenario.matching import Mismatch, Spot
from simulator.scenario.play import Play
from simulator.targets.protocol import Work


def open_work(play: Play, step: str, element: str, of: str | None, nth: int) -> Work | None:
    """The nth (from 1) task or job open at an element; a mismatch is kept where there is none."""
    instance = play.instance(of)
    found = list(play.target.work(instance, element))
    if nth <= len(found):
        return found[nth - 1]
    waiting = sorted(work.element for work in play.target.work(instance))
    came = f"{len(found)} there; waiting: {', '.join(waiting) or 'nothing'}"
    expected = (
        f"a task or job open at {element!r}" if nth == 1 else f"{nth} tasks or jobs open at {element!r}"
    )
    play.found.mismatches.append(Mismatch(Spot((step,)), expected, came))
    return None
