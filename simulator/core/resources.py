"""Where the package's own files lie, and where it may keep what it can make again."""

import os
import sys
from pathlib import Path

from simulator.core.errors import UserError

PACKAGE = Path(__file__).resolve().parent.parent


def specs_folder() -> Path:
    """Return the folder that holds `openapi/`; raises UserError where the installation lacks it."""
    return _shipped("specs")


def scenarios_folder() -> Path:
    """Return the folder of the scenarios that travel with the package; raises UserError if it is missing."""
    return _shipped("scenarios")


def cache_folder() -> Path:
    """Return the folder for compiled contracts and fetched engines, which need not exist yet.

    `$BPMN_TCK_CACHE` decides; otherwise it is the platform's place for a user's caches.
    Raises UserError where the user has no home folder.
    """
    chosen = os.environ.get("BPMN_TCK_CACHE")
    if chosen:
        return Path(chosen)
    return _user_caches() / "bpmn-tck"


def _shipped(name: str) -> Path:
    for folder in (PACKAGE / "_packaged" / name, PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise UserError(f"the installation lacks its folder {name!r}; install bpmn-tck again", file=PACKAGE)


def _user_caches() -> Path:
    """Follow the XDG base directory specification, and its like on macOS and Windows."""
    try:
        home = Path.home()
    except RuntimeError as error:
        raise UserError("no home folder to keep a cache in; set BPMN_TCK_CACHE") from error
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    if sys.platform == "darwin":
        return home / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
