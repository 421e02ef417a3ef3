"""What is wrong with several things at once is said of the first one in the order of checks."""

from tests.api.v2.conftest import SERVICE, Make, Simulator

ONLY_MESSAGE = SERVICE.replace(
    '<startEvent id="start"/>',
    '<startEvent id="start"><messageEventDefinition id="d" messageRef="m"/></startEvent>',
)
TAGS = [f"t{number}" for number in range(11)]


def test_a_missing_none_start_event_goes_before_too_many_tags(simulator: Simulator) -> None:
    simulator.deploy(ONLY_MESSAGE, before='<message id="m" name="mail"/>')

    answer = simulator.send("POST", "/process-instances", {"processDefinitionId": "order", "tags": TAGS})

    assert (answer.status, answer.body["title"]) == (409, "INVALID_STATE")


def test_an_unknown_element_goes_before_too_many_tags(simulator: Simulator) -> None:
    simulator.deploy()
    body = {"processDefinitionId": "order", "tags": TAGS, "startInstructions": [{"elementId": "nowhere"}]}

    answer = simulator.send("POST", "/process-instances", body)

    assert "no element found with id 'nowhere'" in answer.body["detail"]


def test_a_definition_that_is_not_there_goes_before_everything_of_the_engine(simulator: Simulator) -> None:
    body = {"processDefinitionId": "order", "tags": TAGS, "startInstructions": [{"elementId": "nowhere"}]}

    assert simulator.send("POST", "/process-instances", body).status == 404


def test_a_refused_start_leaves_nothing_behind(simulator: Simulator) -> None:
    simulator.deploy()
    body = {
        "processDefinitionId": "order",
        "variables": {"amount": 1},
        "startInstructions": [{"elementId": "nowhere"}],
    }

    simulator.send("POST", "/process-instances", body)

    assert simulator.send("POST", "/process-instances/search").body["items"] == []
    assert simulator.send("POST", "/variables/search").body["items"] == []


def test_the_wrong_method_goes_before_the_wrong_answer(make: Make) -> None:
    simulator = make("camunda8:8.6")

    assert simulator.send("GET", "/process-instances", accept="text/plain").status == 405
