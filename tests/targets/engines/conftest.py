import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.targets.engines import start
from tests.targets.engines.machine import FAKE_JAVA, FAKE_MAVEN, Install, bare_machine, write_program


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A bare machine, on which a start that waits asks often."""
    monkeypatch.setattr(start, "POLL", 0.02)
    yield from bare_machine(tmp_path, monkeypatch)


@pytest.fixture
def install_java(machine: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    def install(release: int, *, compiler: bool = True, variable: str | None = None) -> Path:
        home = (machine if variable else machine / "jvm") / f"java-{release}"
        text = FAKE_JAVA.format(python=sys.executable, home=home, release=release)
        write_program(home / "bin" / "java", text)
        if compiler:
            write_program(home / "bin" / "javac", "")
        if variable:
            monkeypatch.setenv(variable, str(home))
        return home

    return install


@pytest.fixture
def install_maven(machine: Path) -> Install:
    def install(release: str = "3.9.9", *, fails: bool = False, seconds: float = 0) -> Path:
        calls = machine / "maven-calls"
        text = FAKE_MAVEN.format(
            python=sys.executable, release=release, calls=str(calls), fails=fails, seconds=seconds
        )
        write_program(machine / "bin" / "mvn", text)
        return calls

    return install


@pytest.fixture
def tools(install_java: Install, install_maven: Install) -> Path:
    """Java 21 and Maven; the answer is the file with a line per call of Maven."""
    install_java(21)
    return install_maven()


@pytest.fixture
def bystander() -> Iterator[int]:
    """The process id of somebody else's process."""
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    yield process.pid
    process.kill()
    process.wait()
