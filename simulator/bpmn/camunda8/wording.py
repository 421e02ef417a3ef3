"""The text of a refused deployment (live Camunda 8.8.21)."""

from collections.abc import Iterable

from simulator.bpmn.element import Problem

PROCESS = "Process: "
"""What the path of a problem of a whole process starts with; such a file's name stands in other quotes."""


def show_problems(file: str, problems: Iterable[Problem]) -> str:
    """All errors of one file, those of one element together; refusals of the simulator's own among them."""
    texts: dict[tuple[str, int], list[str]] = {}
    for problem in problems:
        if not problem.warning:
            path = problem.path or problem.element or ""
            place = (path, 0 if path == problem.element else id(problem.at))
            texts.setdefault(place, []).append(problem.message)
    shown = "".join(
        f"- {path if path.startswith(PROCESS) else f'Element: {path}'}\n"
        + "".join(f"    - ERROR: {text}\n" for text in errors)
        for (path, _), errors in texts.items()
    )
    quote = "`" if any(path.startswith(PROCESS) for path, _ in texts) else "'"
    return f"{quote}{file}{quote}: {shown}"
