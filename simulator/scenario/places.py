"""How reports name files."""

from functools import cache
from pathlib import Path

from simulator.core.resources import scenarios_folder


@cache
def shown_path(file: Path) -> Path:
    """A path as reports show it, one that can be opened: from the working folder where it lies below it."""
    whole = file.resolve()
    return whole.relative_to(Path.cwd()) if whole.is_relative_to(Path.cwd()) else file


@cache
def shown_scenario(file: Path) -> Path:
    """A path as scenarios are named by it: a packaged one the same wherever the package is installed."""
    whole, packaged = file.resolve(), scenarios_folder().resolve()
    return whole.relative_to(packaged.parent) if whole.is_relative_to(packaged) else shown_path(file)
