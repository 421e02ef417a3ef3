"""Stages by the texts that users write."""

import pytest

from simulator.scenario import stage_opening
from simulator.scenario.session import Stages
from simulator.targets.opening import Site, TargetOptions
from simulator.targets.protocol import Target, Unusable
from tests.miniatures.target import Miniature


@pytest.mark.parametrize(
    ("text", "options", "is_destructive"),
    [
        ("simulator:camunda7", TargetOptions(), True),
        ("engine:camunda7", TargetOptions(), True),
        ("camunda7:http://127.0.0.1:1/engine-rest", TargetOptions(), False),
        ("camunda7:http://127.0.0.1:1/engine-rest", TargetOptions(destructive=True), True),
        ("camunda7:http://127.0.0.1:1/engine-rest,destructive", TargetOptions(), True),
    ],
)
def test_only_a_url_has_to_allow_what_is_destructive(
    monkeypatch: pytest.MonkeyPatch, text: str, options: TargetOptions, is_destructive: bool
) -> None:
    def open_site(_text: str, _options: TargetOptions) -> Site:
        return Site(text, lambda _run, _then: Miniature(release="7.20.1"), lambda: None)

    monkeypatch.setattr(stage_opening, "open_site", open_site)

    stage = stage_opening.open_stage(text, options)

    assert (stage.product, stage.release) == ("camunda7", "7.20.1")
    assert stage.settings == {"multi-tenancy": True, "authorization": False, "destructive": is_destructive}


def test_a_site_whose_target_does_not_answer_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[str] = []

    def refuse(_run: str, _then: object) -> Target:
        raise Unusable("connection refused")

    def open_site(_text: str, _options: TargetOptions) -> Site:
        return Site("x", refuse, lambda: closed.append("x"))

    monkeypatch.setattr(stage_opening, "open_site", open_site)

    with pytest.raises(Unusable):
        stage_opening.open_stage("x", TargetOptions())
    assert closed == ["x"]


def test_a_target_that_is_not_reached_is_named_once_and_without_its_password() -> None:
    stages = Stages()

    stages.add("camunda7:http://127.0.0.1:1/engine-rest,user=demo:secret", TargetOptions())

    (problem,) = stages.problems()
    assert problem.startswith("camunda7:http://127.0.0.1:1/engine-rest: no connection")
    assert problem.count("http://") == 1
    assert "secret" not in problem
