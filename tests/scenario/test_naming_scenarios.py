"""How scenarios are named in a run."""

from pathlib import Path

import pytest

from simulator.core.resources import scenarios_folder
from simulator.scenario.finding import find_cases, identity


def test_a_packaged_scenario_has_one_name_wherever_the_run_is_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)

    (case, *_) = find_cases([], "parallel-join")

    assert case.id == "scenarios/portable/gateways/parallel-join"


def test_a_scenario_of_ones_own_is_named_from_the_working_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = tmp_path / "orders" / "late" / "scenario.yaml"
    monkeypatch.chdir(tmp_path)

    assert identity(own) == "orders/late"
    assert identity(own.with_name("paid.scenario.yaml")) == "orders/late/paid"


def test_a_packaged_name_leads_to_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)

    names = {case.id.partition("::")[0].removeprefix("scenarios/") for case in find_cases([], "portable/")}

    folder = scenarios_folder()
    found = [folder / name / "scenario.yaml" for name in names]
    beside = [folder / f"{name}.scenario.yaml" for name in names]
    assert names
    assert all(one.is_file() or other.is_file() for one, other in zip(found, beside, strict=True))
