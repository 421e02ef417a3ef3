"""Messages, signals and timers that start process instances, and the clock."""

from tests.api.v2.conftest import SERVICE, Simulator

TIMER = """<startEvent id="start"><timerEventDefinition id="d"><timeCycle>R2/PT1H</timeCycle></timerEventDefinition>
  </startEvent>""" + SERVICE.removeprefix('<startEvent id="start"/>')
SIGNAL = SERVICE.replace(
    '<startEvent id="start"/>',
    '<startEvent id="start"><signalEventDefinition id="d" signalRef="s"/></startEvent>',
)


def started(simulator: Simulator) -> int:
    total: int = simulator.send("POST", "/process-instances/search").body["page"]["totalItems"]
    return total


def test_a_cycle_starts_an_instance_each_time_it_is_due(simulator: Simulator) -> None:
    simulator.deploy(TIMER)

    simulator.advance(3599)
    before = started(simulator)
    simulator.advance(1)
    first = started(simulator)
    simulator.advance(36000)

    assert (before, first, started(simulator)) == (0, 1, 2)


def test_a_new_version_takes_the_timers_of_the_one_before(simulator: Simulator) -> None:
    simulator.deploy(TIMER)
    simulator.deploy(TIMER.replace("PT1H", "PT2H"))

    simulator.advance(3600)

    assert simulator.activate() == []


def test_without_its_newest_version_a_process_waits_with_the_one_before(simulator: Simulator) -> None:
    simulator.deploy(TIMER)
    newest = simulator.deploy(TIMER.replace("PT1H", "PT9H")).body["deployments"][0]["processDefinition"]
    simulator.send("POST", f"/resources/{newest['processDefinitionKey']}/deletion")

    simulator.advance(3600)

    assert [job["processDefinitionVersion"] for job in simulator.activate()] == [1]


def test_a_signal_starts_the_newest_version_with_its_variables(simulator: Simulator) -> None:
    before = '<signal id="s" name="{}"/>'
    simulator.deploy(SIGNAL, before=before.format("old"))
    simulator.deploy(SIGNAL, before=before.format("new"))

    simulator.send("POST", "/signals/broadcast", {"signalName": "old"})
    simulator.send("POST", "/signals/broadcast", {"signalName": "new", "variables": {"amount": 3}})

    assert [job["variables"] for job in simulator.activate()] == [{"amount": 3}]


def test_a_pinned_clock_stands_still_until_it_is_moved(simulator: Simulator) -> None:
    simulator.deploy(TIMER)
    simulator.send("PUT", "/clock", {"timestamp": 1_800_000_000_000})
    simulator.advance(0)
    waiting = simulator.activate()

    simulator.send("PUT", "/clock", {"timestamp": 1_800_003_600_000})

    assert (len(waiting), len(simulator.activate())) == (0, 1)
    assert simulator.send("POST", "/clock/reset").status == 204


def test_a_message_outlives_its_time_to_live_nowhere(simulator: Simulator) -> None:
    message = {"name": "paid", "correlationKey": "k", "timeToLive": 1000, "messageId": "one"}
    simulator.send("POST", "/messages/publication", message)
    twice = simulator.send("POST", "/messages/publication", message)

    simulator.advance(1)
    later = simulator.send("POST", "/messages/publication", message)

    assert (twice.status, later.status) == (409, 200)
