"""How reports name files."""

from functools import cache
from pathlib import Path

from simulator.core.resources import scenarios_folder


@cache
def shown_path(file: Path) -> Path:
    """A path as reports show it: from the working folder, or from the packaged scenarios' parent."""
    whole = file.resolve()
    for root in (Path.cwd(), scenarios_folder().resolve().parent):
        if whole.is_relative_to(root):
            return whole.relative_to(root)
    return file
