from pathlib import Path

import pytest

from simulator.targets.engines import (
    Available,
    Missing,
    MissingToolError,
    available,
    java,
    start_engine,
)
from simulator.targets.engines.problems import errors_in
from tests.targets.engines.machine import Install


def test_a_missing_java_is_named_with_how_to_get_it(install_maven: Install) -> None:
    install_maven()

    with pytest.raises(MissingToolError) as missing:
        start_engine("camunda7")

    assert missing.value.tool == "Java"
    assert missing.value.found == "no Java"
    assert "Camunda 7.24.0 needs Java 17 or later" in str(missing.value)
    assert "JAVA17_HOME" in missing.value.remedy


def test_an_old_java_is_named_with_its_place(install_java: Install, install_maven: Install) -> None:
    home = install_java(17)
    install_maven()

    with pytest.raises(MissingToolError) as missing:
        start_engine("camunda8:8.6")

    assert missing.value.found == f"JDK 17 in {home}"
    assert "Java 21 or later" in missing.value.wanted


def test_a_java_without_compiler_does_not_do_for_an_engine_to_be_compiled(
    install_java: Install, install_maven: Install
) -> None:
    install_java(17, compiler=False)
    install_maven()

    with pytest.raises(MissingToolError, match="with its compiler"):
        start_engine("camunda7")


def test_a_missing_maven_is_named(install_java: Install) -> None:
    install_java(17)

    with pytest.raises(MissingToolError) as missing:
        start_engine("camunda7")

    assert missing.value.tool == "Maven"
    assert "none on the PATH" in missing.value.found


def test_of_many_errors_of_maven_the_first_and_the_last_are_shown(tmp_path: Path) -> None:
    log = tmp_path / "maven.log"
    advice = "[ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch."
    errors = ["[FATAL] Unknown host", *(f"[ERROR] release {number} is missing" for number in range(20))]
    log.write_text("\n".join(["[INFO] begin", *errors, "[ERROR]", advice]), encoding="utf-8")

    shown = errors_in(log)

    assert shown == [*errors[:3], *errors[-4:]]


def test_an_old_maven_is_named(install_java: Install, install_maven: Install) -> None:
    install_java(17)
    calls = install_maven("3.3.9")

    with pytest.raises(MissingToolError, match=r"Apache Maven 3\.3\.9"):
        start_engine("camunda7")
    assert not calls.exists()


def test_java_is_looked_for_in_variables_before_the_usual_folders(
    install_java: Install, install_maven: Install
) -> None:
    install_java(25)
    install_java(17, variable="JAVA_HOME")
    home = install_java(21, variable="JAVA21_HOME")
    install_maven()

    found = available("camunda8:8.6")

    assert found == Available(java.Java(home, 21), cached=False)


def test_what_is_missing_can_be_asked_without_starting(install_java: Install) -> None:
    install_java(17)

    found = available("operaton")

    assert isinstance(found, Missing)
    assert "Maven 3.6.3 or later" in found.reason
