"""Which engine this is."""

from simulator.api.frame import Call, Reply, operation
from simulator.engine.process_engine import ProcessEngine


@operation("listEngines")
def list_engines(call: Call, engine: ProcessEngine) -> Reply:
    """Name the engines; there is one."""
    return Reply(200, [{"name": "default"}])


@operation("getVersion")
def get_version(call: Call, engine: ProcessEngine) -> Reply:
    """Tell the release."""
    return Reply(200, {"version": engine.dialect.release})
