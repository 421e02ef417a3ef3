"""The contract of the Camunda 8 REST API: its releases, what they have, and that each keeps the rules."""

from collections.abc import Callable

import networkx as nx
import pytest

from tests.contract.camunda8 import DOCUMENT, RELEASES, contract_of, plain_document
from tests.contract.document import (
    Node,
    broken_references,
    example_faults,
    link_faults,
    path_parameter_faults,
    read_document,
    release_faults,
    repeated_operation_ids,
    schema_faults,
    undocumented_operations,
    unused_components,
)

RULES = (
    *(broken_references, repeated_operation_ids, path_parameter_faults, undocumented_operations),
    *(schema_faults, example_faults, link_faults),
)

COMMANDS = {
    *("getTopology", "pinClock", "resetClock", "createDeployment", "deleteResource"),
    *("createProcessInstance", "cancelProcessInstance"),
    *("completeUserTask", "assignUserTask", "unassignUserTask"),
    *("activateJobs", "completeJob", "failJob", "throwJobError"),
    *("publishMessage", "correlateMessage", "broadcastSignal", "resolveIncident"),
}
READS = {
    *("searchProcessDefinitions", "getProcessDefinition", "getProcessDefinitionXml"),
    *("searchProcessInstances", "getProcessInstance", "searchElementInstances", "getElementInstance"),
    *("searchVariables", "getVariable", "searchUserTasks", "getUserTask", "searchJobs"),
    *("searchIncidents", "getIncident"),
}


@pytest.mark.parametrize(
    ("release", "expected"), [("8.6", COMMANDS), ("8.7", COMMANDS), ("8.8", COMMANDS | READS)]
)
def test_a_release_has_its_operations_and_no_others(release: str, expected: set[str]) -> None:
    operations = set(contract_of(release).operations)

    assert operations == expected


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("release", [*RELEASES, "8.9"])
def test_the_document_of_each_release_keeps_the_rules(
    release: str, rule: Callable[[Node], list[str]]
) -> None:
    assert rule(plain_document(release)) == []


def test_the_whole_document_names_known_releases_and_uses_all_it_defines() -> None:
    document = read_document(DOCUMENT)

    assert release_faults(document, (*RELEASES, "8.9")) == []
    assert unused_components(document) == []
    assert broken_references(document) == []


@pytest.mark.parametrize("release", RELEASES)
def test_links_lead_from_deploying_to_looking_and_completing(release: str) -> None:
    links: nx.DiGraph[str] = nx.DiGraph(
        (operation.id, link.operation_id)
        for operation in contract_of(release).operations.values()
        for response in operation.responses.values()
        for link in response.links.values()
    )

    reached = nx.descendants(links, "createDeployment")

    assert reached >= {"createProcessInstance", "activateJobs", "completeJob", "failJob", "throwJobError"}
    assert reached >= {"cancelProcessInstance", "deleteResource"}
    if release == "8.8":
        assert reached >= {"completeUserTask", "assignUserTask", "unassignUserTask", "resolveIncident"}
        assert reached >= READS - {"searchProcessDefinitions", "searchProcessInstances"}


def test_where_the_vendors_document_errs_the_contract_says_so() -> None:
    deviating = {
        operation.id: set(operation.responses)
        for operation in contract_of("8.8").operations.values()
        if operation.deviation
    }

    assert deviating["createProcessInstance"] >= {"404", "409"}
    assert deviating["cancelProcessInstance"] >= {"409"}
    assert deviating["publishMessage"] >= {"409"}
    assert deviating["createDeployment"] >= {"413", "415"}
    assert deviating["resolveIncident"] >= {"409"}
    assert {"activateJobs", "throwJobError", "broadcastSignal", "deleteResource"} <= set(deviating)


@pytest.mark.parametrize(("release", "status"), [("8.6", "429"), ("8.7", "429"), ("8.8", "503")])
def test_a_broker_under_pressure_answers_as_its_release_does(release: str, status: str) -> None:
    statuses = set(contract_of(release).operations["createProcessInstance"].responses)

    assert {"429", "503"} & statuses == {status, "503"}
