"""The Java on this machine: where it was found and which release it is."""

import functools
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PLACES = (Path("/usr/lib/jvm"), Path("/usr/java"), Path("/Library/Java/JavaVirtualMachines"))
PATIENCE = 30.0
NUMBERED_HOME = re.compile(r"JAVA_?(\d+)_HOME|JAVA_HOME_(\d+)(?:_\w+)?")
HOME_LINE = re.compile(r"^\s*java\.home = (.+?)\s*$", re.MULTILINE)
RELEASE_LINE = re.compile(r"^\s*java\.specification\.version = (?:1\.)?(\d+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Java:
    """One installation; `release` is the feature release, such as 17."""

    home: Path
    release: int

    @property
    def executable(self) -> Path:
        """The program `java`."""
        return self.home / "bin" / "java"

    @property
    def has_compiler(self) -> bool:
        """Whether it is a JDK and not a runtime alone."""
        return (self.home / "bin" / "javac").exists()

    def __str__(self) -> str:
        kind = "JDK" if self.has_compiler else "Java runtime"
        return f"{kind} {self.release} in {self.home}"


def installed() -> Iterator[Java]:
    """Yield each Java once: JAVA21_HOME and its like, JAVA_HOME, the PATH, the usual folders."""
    seen = set()
    for executable in candidates():
        java = look_at(executable)
        if java is not None and java.home not in seen:
            seen.add(java.home)
            yield java


def candidates() -> Iterator[Path]:
    """Yield the programs that may be a Java, in the order in which they are preferred."""
    for name in sorted(filter(NUMBERED_HOME.fullmatch, os.environ)):
        yield Path(os.environ[name], "bin", "java")
    if os.environ.get("JAVA_HOME"):
        yield Path(os.environ["JAVA_HOME"], "bin", "java")
    on_path = shutil.which("java")
    if on_path is not None:
        yield Path(on_path)
    for place in PLACES:
        for folder in sorted(place.glob("*")):
            yield folder / "bin" / "java"
            yield folder / "Contents" / "Home" / "bin" / "java"


@functools.cache
def look_at(executable: Path) -> Java | None:
    """Ask a program which Java it is; None where there is none or it does not say."""
    if not executable.is_file():
        return None
    command = [str(executable), "-XshowSettings:properties", "-version"]
    try:
        asked = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    said = asked.stdout + asked.stderr
    home, release = HOME_LINE.search(said), RELEASE_LINE.search(said)
    if home is None or release is None:
        return None
    return Java(without_runtime_folder(Path(home[1])), int(release[1]))


def without_runtime_folder(home: Path) -> Path:
    """Return the JDK's folder: Java 8 calls the runtime inside it its home."""
    outside = home.resolve().parent
    return outside if home.name == "jre" and (outside / "bin" / "javac").exists() else home.resolve()
