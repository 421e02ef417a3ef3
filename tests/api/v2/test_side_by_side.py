"""Both products on one port."""

import json

from simulator.api.building import build_application
from simulator.dialects.finding import DEFAULTS, find_dialect
from simulator.engine.clock import VirtualClock
from simulator.targets.in_process import InProcess
from simulator.targets.protocol import RawRequest


def test_time_passes_once_for_each_of_two_engines() -> None:
    app = build_application([find_dialect(text) for text in DEFAULTS], VirtualClock(1_000_000))

    content = json.dumps({"seconds": 10}).encode()
    InProcess(app).send(RawRequest(method="POST", path="/clock/advance", content=content))

    clocks = [getattr(api, "broker", None) or getattr(api, "engine", None) for api in app.mounted]
    assert [engine.clock.now() for engine in clocks if engine is not None] == [1_010_000, 1_010_000]
