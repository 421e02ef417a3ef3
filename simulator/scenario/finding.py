"""Finds scenario files below the paths a user gives."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from simulator.core.errors import UserError
from simulator.core.resources import scenarios_folder
from simulator.scenario.case import Case
from simulator.scenario.places import shown_scenario
from simulator.scenario.reading import read_cases

NAME = "scenario.yaml"
SUFFIX = ".scenario.yaml"


def is_scenario(file: Path) -> bool:
    """Whether a file is a scenario, by its name."""
    return file.name == NAME or file.name.endswith(SUFFIX)


def scenario_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The scenario files at and below the paths, sorted within each, none twice; raises UserError."""
    seen: set[Path] = set()
    for path in paths:
        if not path.exists():
            raise UserError(
                "expected a scenario or a folder of scenarios, came a path that is not there", file=path
            )
        found = (
            [path] if path.is_file() else sorted(file for file in path.rglob(f"*{NAME}") if is_scenario(file))
        )
        if not found:
            raise UserError("expected a folder with scenarios, came one without", file=path)
        for file in found:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def find_cases(paths: Iterable[Path], keyword: str | None = None) -> list[Case]:
    """Read every case below the paths, of the packaged scenarios where there are none; raises UserError.

    A keyword keeps the cases whose id, title or clause contains it, in any case.
    """
    chosen = list(paths) or [scenarios_folder()]
    cases = [case for file in scenario_files(chosen) for case in read_cases(file, identity(file))]
    if keyword is None:
        return cases
    return [case for case in cases if keyword.lower() in f"{case.id} {case.title} {case.clause}".lower()]


def identity(file: Path) -> str:
    """The name of a scenario file in a run: its folder, or its path without suffix."""
    short = shown_scenario(file)
    if file.name == NAME:
        return short.parent.as_posix() if short.parent.name else file.resolve().parent.name
    return short.as_posix().removesuffix(SUFFIX)
