import sys
from pathlib import Path

import pytest

from simulator.core import resources
from simulator.core.errors import UserError
from simulator.core.resources import cache_folder, scenarios_folder, specs_folder


def test_a_checkout_has_its_specs_and_scenarios_at_the_top() -> None:
    top = Path(resources.__file__).parents[2]

    assert (specs_folder(), scenarios_folder()) == (top / "specs", top / "scenarios")


def test_a_wheel_has_them_within_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "simulator"
    for name in ("specs", "scenarios"):
        (package / "_packaged" / name).mkdir(parents=True)
        (tmp_path / name).mkdir()
    monkeypatch.setattr(resources, "PACKAGE", package)

    assert specs_folder() == package / "_packaged" / "specs"
    assert scenarios_folder() == package / "_packaged" / "scenarios"


def test_an_installation_without_them_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "simulator")

    with pytest.raises(UserError, match="lacks its folder 'specs'"):
        specs_folder()


def test_the_environment_chooses_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BPMN_TCK_CACHE", str(tmp_path))

    assert cache_folder() == tmp_path


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {}, ".cache/bpmn-tck"),
        ("linux", {"XDG_CACHE_HOME": "/var/kept"}, "/var/kept/bpmn-tck"),
        ("darwin", {}, "Library/Caches/bpmn-tck"),
        ("win32", {}, "AppData/Local/bpmn-tck"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/bpmn-tck"),
    ],
)
def test_otherwise_the_cache_lies_where_the_platform_keeps_caches(
    platform: str, variables: dict[str, str], expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("BPMN_TCK_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(sys, "platform", platform)

    assert cache_folder() == tmp_path / expected


def test_a_user_without_a_home_is_told_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise RuntimeError("no home")

    monkeypatch.delenv("BPMN_TCK_CACHE", raising=False)
    monkeypatch.setattr(Path, "home", no_home)

    with pytest.raises(UserError, match="set BPMN_TCK_CACHE"):
        cache_folder()
