"""Fetching an engine with Maven into the cache: once, whole, by one process at a time."""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

from simulator.core.resources import cache_folder
from simulator.targets.engines.java import Java
from simulator.targets.engines.problems import EngineError, FetchError, errors_in
from simulator.targets.engines.recipe import Recipe
from simulator.targets.engines.tools import maven_for, require_release

if sys.platform != "win32":
    import fcntl

GOALS = ("--batch-mode", "--no-transfer-progress", "-Dstyle.color=never", "process-classes")


def engines_folder() -> Path:
    """Return the folder of all engines, absolute, which need not exist yet."""
    return cache_folder().resolve() / "engines"


def fetched_folder(recipe: Recipe) -> Path:
    """Return where the engine is once it is fetched; a changed recipe is another folder."""
    digest = hashlib.sha256()
    for place in sorted(recipe.layout):
        digest.update(place.encode() + b"\0" + recipe_file(recipe.layout[place]) + b"\0")
    return engines_folder() / f"{recipe.slug}-{digest.hexdigest()[:8]}"


def recipe_file(name: str) -> bytes:
    """Return the content of one of the recipes' files."""
    return (files("simulator.targets.engines") / "recipes" / name).read_bytes()


def fetch(recipe: Recipe, java: Java, tell: Callable[[str], None]) -> Path:
    """Return the folder with the engine, fetched if it is not there; another process may be at it already."""
    folder = fetched_folder(recipe)
    if folder.is_dir():
        return folder
    with locked(folder.with_name(f"{folder.name}.lock"), recipe, tell):
        if not folder.is_dir():
            build(recipe, java, folder, tell)
    return folder


@contextlib.contextmanager
def locked(lock: Path, recipe: Recipe, tell: Callable[[str], None]) -> Iterator[None]:
    """Hold a lock that the operating system takes back when the process ends, however it ends."""
    if sys.platform == "win32":
        raise EngineError("real engines are started on Linux and macOS; give a URL instead")
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell(f"waiting for another process that fetches {recipe.title}")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def build(recipe: Recipe, java: Java, folder: Path, tell: Callable[[str], None]) -> None:
    """Let Maven work in a folder beside, which gets its name when all is there."""
    maven = maven_for(recipe)
    environment = {**os.environ, "JAVA_HOME": str(java.home)}
    require_release(maven, recipe, environment)
    tell(f"fetching {recipe.title} with Maven, about {recipe.megabytes} MB, once; licence: {recipe.licence}")
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    lay_out(recipe, unfinished)
    log = folder.with_name(f"{folder.name}.maven.log")
    with log.open("wb") as output:
        ended = subprocess.run(
            [str(maven.executable), *GOALS],
            cwd=unfinished,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if ended.returncode != 0:
        reason = f"Maven ended with {ended.returncode}"
        raise FetchError(recipe.title, reason, errors_in(log), log)
    if not (unfinished / recipe.proof).exists():
        raise FetchError(recipe.title, f"Maven left no {recipe.proof}", errors_in(log), log)
    unfinished.rename(folder)


def lay_out(recipe: Recipe, folder: Path) -> None:
    """Write the recipe's files as a fresh Maven project."""
    if folder.exists():
        shutil.rmtree(folder)
    for place, name in recipe.layout.items():
        target = folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(recipe_file(name))
