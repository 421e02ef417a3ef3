"""What case definitions, case instances and their tasks look like on the wire."""

from typing import Any

from simulator.api.v1.finding_cases import case_definition_id, case_definition_of
from simulator.api.v1.ids import show_id
from simulator.cmmn.lifecycle import ACTIVE, COMPLETED, TERMINATED
from simulator.engine.case_definitions import CaseDefinition
from simulator.engine.process_engine import ProcessEngine
from simulator.kernel.state import Execution, Instance


def show_case_definition(definition: CaseDefinition) -> dict[str, Any]:
    """A case definition."""
    return {
        "id": case_definition_id(definition),
        "key": definition.case_key,
        "category": definition.category,
        "name": definition.case.name,
        "version": definition.version,
        "resource": definition.resource,
        "deploymentId": show_id(definition.deployment),
        "tenantId": definition.tenant,
        "historyTimeToLive": definition.process.history_time_to_live,
    }


def show_case_instance(engine: ProcessEngine, instance: Instance, base: str | None = None) -> dict[str, Any]:
    """A case instance, with its link where its creation shows it."""
    identity, state = show_id(instance.key), engine.cases.state_of(instance)
    link = {"method": "GET", "href": f"{base}/case-instance/{identity}", "rel": "self"}
    return {
        "links": [] if base is None else [link],
        "id": identity,
        "caseDefinitionId": case_definition_id(case_definition_of(engine, instance.execution)),
        "businessKey": instance.business_key,
        "tenantId": instance.tenant,
        "active": state == ACTIVE,
        "completed": state == COMPLETED,
        "terminated": state == TERMINATED,
    }


def show_place(engine: ProcessEngine, execution: Execution) -> dict[str, Any]:
    """Where a task of a case stands."""
    return {
        "executionId": None,
        "processDefinitionId": None,
        "processInstanceId": None,
        "caseExecutionId": show_id(execution.key),
        "caseInstanceId": show_id(execution.instance.key),
        "caseDefinitionId": case_definition_id(case_definition_of(engine, execution)),
    }
