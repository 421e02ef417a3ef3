"""What a row's result looks like."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: what was measured, the figure of each side, the goal and whether it is met."""

    what: str
    figures: Mapping[str, str]
    goal: str = ""
    met: bool | None = None


def seconds(value: float) -> str:
    """A time for people."""
    if value < 1e-3:
        return f"{value * 1e6:.1f} µs"
    return f"{value * 1e3:.1f} ms" if value < 1 else f"{value:.2f} s"


def compared(what: str, taken: Mapping[str, float], goals: Mapping[str, float]) -> Line:
    """Times side by side; `goals` says how many times longer a peer must take than ours."""
    ours = taken["ours"]
    figures = {
        name: seconds(value) + ("" if name == "ours" else f" ({value / ours:.1f}×)")
        for name, value in taken.items()
    }
    reached = {name: taken[name] / ours >= factor for name, factor in goals.items() if name in taken}
    goal = ", ".join(f"≥ {factor:g}× {name}" for name, factor in goals.items())
    return Line(what, figures, goal, all(reached.values()) if reached else None)


def show(lines: list[Line]) -> None:
    """Print lines under each other."""
    for line in lines:
        figures = "  ".join(f"{name} {figure}" for name, figure in line.figures.items())
        verdict = {True: "met", False: "NOT MET", None: ""}[line.met]
        print(f"{line.what:34s} {figures}  {line.goal} {verdict}".rstrip(), flush=True)
