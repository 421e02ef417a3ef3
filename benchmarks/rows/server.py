"""Start requests over HTTP: ours, camunda-python's REST application, a live Camunda 7."""

from contextlib import ExitStack
from statistics import median

from benchmarks import models
from benchmarks.peers import peers_python
from benchmarks.servers import camunda_python_server, deploy, free_port, load, our_server, running
from benchmarks.table import Line

ROUNDS = 3
BODY = '{"variables":{"amount":{"value":1,"type":"Integer"}}}'
GOALS = {"camunda-python": 5.0, "live": 15.0}


def measure(live: str | None) -> list[Line]:
    """Load each server in turn, on one connection and on eight."""
    with ExitStack() as stack:
        places = _places(stack, live)
        return [_line(places, connections) for connections in (1, 8)]


def _places(stack: ExitStack, live: str | None) -> dict[str, tuple[str, str]]:
    """Where each side takes a start, and its body."""
    port = free_port()
    root = f"http://127.0.0.1:{port}/engine-rest"
    stack.enter_context(running(our_server(port), f"{root}/engine"))
    deploy(root, models.linear(1, "userTask", key="user"))
    places = {"ours": (f"{root}/process-definition/key/user/start", BODY)}
    python = peers_python()
    if python is not None:
        port = free_port()
        stack.enter_context(running(camunda_python_server(python, port), f"http://127.0.0.1:{port}/docs"))
        body = '{"definitionKey":"user","variables":{"amount":{"value":1,"type":"Integer"}}}'
        places["camunda-python"] = (f"http://127.0.0.1:{port}/engine-rest/process-instance", body)
    if live is not None:
        deploy(live, models.linear(1, "userTask", key="user"))
        places["live"] = (f"{live}/process-definition/key/user/start", BODY)
    return places


def _line(places: dict[str, tuple[str, str]], connections: int) -> Line:
    rates: dict[str, list[float]] = {name: [] for name in places}
    for _ in range(ROUNDS):
        for name, (url, body) in places.items():
            rates[name].append(load(url, body, connections))
    medians = {name: median(taken) for name, taken in rates.items()}
    ours = medians["ours"]
    figures = {
        name: f"{rate:,.0f}/s" + ("" if name == "ours" else f" (ours {ours / rate:.1f}×)")
        for name, rate in medians.items()
    }
    goals = {name: factor for name, factor in GOALS.items() if name in medians}
    met = all(ours >= factor * medians[name] for name, factor in goals.items()) if goals else None
    goal = ", ".join(f"≥ {factor:g}× {name}" for name, factor in GOALS.items())
    return Line(f"start, {connections} connection{'s' if connections > 1 else ''}", figures, goal, met)
