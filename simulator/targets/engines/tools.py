"""Java and Maven as a recipe needs them, or by name what is missing."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from simulator.targets.engines.java import Java, installed
from simulator.targets.engines.problems import MissingToolError
from simulator.targets.engines.recipe import Recipe

OLDEST_MAVEN = (3, 6, 3)
MAVEN_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Maven:
    """The program `mvn`, not yet asked for its release."""

    executable: Path


def java_for(recipe: Recipe, *, compiler: bool) -> Java:
    """Return the first Java that runs the engine, and compiles its class if that is still to do."""
    found = []
    for java in installed():
        if suits(java, recipe) and (java.has_compiler or not compiler):
            return java
        found.append(str(java))
    raise MissingToolError(
        engine=recipe.title,
        tool="Java",
        wanted=f"{recipe.java}{' with its compiler (a JDK)' if compiler else ''}",
        found=", ".join(found) or "no Java",
        remedy=remedy(recipe),
    )


def suits(java: Java, recipe: Recipe) -> bool:
    """Whether the engine runs on this release of Java."""
    return java.release >= recipe.java_from


def remedy(recipe: Recipe) -> str:
    """How to get the Java that a recipe needs."""
    release = recipe.java_from
    return (
        f"Install a JDK {release} (on Debian and Ubuntu the package openjdk-{release}-jdk, elsewhere from "
        f"https://adoptium.net) and put it on the PATH or set JAVA{release}_HOME to its folder."
    )


def maven_for(recipe: Recipe) -> Maven:
    """Return Maven from MAVEN_HOME, M2_HOME or the PATH."""
    for variable in ("MAVEN_HOME", "M2_HOME"):
        home = os.environ.get(variable)
        if home and Path(home, "bin", "mvn").is_file():
            return Maven(Path(home, "bin", "mvn"))
    on_path = shutil.which("mvn")
    if on_path is None:
        raise missing_maven(recipe, "none on the PATH")
    return Maven(Path(on_path))


def require_release(maven: Maven, recipe: Recipe, environment: dict[str, str]) -> None:
    """Refuse a Maven that cannot run the plugins of the recipes."""
    command = [str(maven.executable), "--version"]
    asked = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=MAVEN_PATIENCE, check=False
    )
    release = re.search(r"Apache Maven (\d+)\.(\d+)\.(\d+)", asked.stdout)
    if release is None:
        said = (asked.stdout + asked.stderr).strip() or "nothing"
        raise missing_maven(recipe, f"{maven.executable}, which says: {said[:300]}")
    if tuple(map(int, release.groups())) < OLDEST_MAVEN:
        raise missing_maven(recipe, f"{release[0]} in {maven.executable}")


def missing_maven(recipe: Recipe, found: str) -> MissingToolError:
    """Say that a Maven has to be installed."""
    oldest = ".".join(map(str, OLDEST_MAVEN))
    return MissingToolError(
        engine=recipe.title,
        tool="Maven",
        wanted=f"Maven {oldest} or later to be fetched",
        found=found,
        remedy="Install it (on Debian and Ubuntu the package maven, elsewhere from https://maven.apache.org) "
        "and put it on the PATH or set MAVEN_HOME.",
    )
