"""`bpmn-tck serve`: from the shell to the first answer, and its memory."""

from statistics import median

from benchmarks import models
from benchmarks.servers import deploy, free_port, load, our_server, resident, running
from benchmarks.table import Line, seconds

STARTS = 15_000
MB = 1_000_000


def measure(live: str | None) -> list[Line]:
    """Start five times; then start many instances on one server."""
    taken = []
    for _ in range(5):
        port = free_port()
        with running(our_server(port), f"http://127.0.0.1:{port}/engine-rest/engine") as (ready, _pid):
            taken.append(ready)
    port = free_port()
    root = f"http://127.0.0.1:{port}/engine-rest"
    with running(our_server(port), f"{root}/engine") as (_, pid):
        idle = resident(pid)
        deploy(root, models.linear(1, "userTask", key="user"))
        done = 0.0
        while done < STARTS:
            done += 3 * load(f"{root}/process-definition/key/user/start", "{}", 1)
        each = (resident(pid) - idle) / done
    after = idle + each * STARTS
    return [
        Line("ready", {"ours": seconds(median(taken))}, "≤ 0.5 s", median(taken) <= 0.5),
        Line("memory idle", {"ours": f"{idle / MB:.0f} MB"}, "≤ 80 MB", idle <= 80 * MB),
        Line(
            f"memory after {STARTS:,} starts", {"ours": f"{after / MB:.0f} MB"}, "≤ 150 MB", after <= 150 * MB
        ),
    ]
