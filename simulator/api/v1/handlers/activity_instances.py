"""The tree of the activity instances that run in a process instance."""

from typing import Any

from simulator.api.frame import Call, Reply, operation
from simulator.api.v1.activity_types import activity_type
from simulator.api.v1.finding import definition_id
from simulator.api.v1.handlers.process_instances import find_instance
from simulator.api.v1.ids import show_activity, show_id
from simulator.engine.activity_tree import ActivityInstance, TransitionInstance, activity_tree
from simulator.engine.process_engine import ProcessEngine
from simulator.kernel.state import Incident


@operation("getActivityInstances")
def get_activity_instances(call: Call, engine: ProcessEngine) -> Reply:
    """Show the tree."""
    instance = find_instance(call, engine)
    tree = activity_tree(instance)
    definition = definition_id(engine.deployments.definitions[instance.definition])
    root = _activity(tree, definition)
    root["activityId"] = definition
    root["activityName"] = root["name"] = instance.process.name
    stack = [(tree, root)]
    while stack:
        activity, shown = stack.pop()
        for child in activity.children:
            shown["childActivityInstances"].append(_activity(child, definition))
        shown["childTransitionInstances"] = [_transition(each, definition) for each in activity.transitions]
        stack.extend(zip(activity.children, shown["childActivityInstances"], strict=True))
    return Reply(200, root)


def _activity(activity: ActivityInstance, definition: str) -> dict[str, Any]:
    node, parent = activity.node, activity.parent
    return {
        "id": show_activity(node, activity.key),
        "parentActivityInstanceId": None if parent is None else show_activity(parent.node, parent.key),
        "activityId": node.id,
        "activityType": activity_type(node),
        "processInstanceId": show_id(activity.execution.instance.key),
        "processDefinitionId": definition,
        "childActivityInstances": [],
        "childTransitionInstances": [],
        "executionIds": [show_id(execution.key) for execution in activity.executions],
        "activityName": node.name,
        "incidentIds": [show_id(incident.key) for incident in activity.incidents],
        "incidents": [_incident(incident) for incident in activity.incidents],
        "name": node.name,
    }


def _transition(transition: TransitionInstance, definition: str) -> dict[str, Any]:
    node, parent, execution = transition.node, transition.parent, transition.execution
    return {
        "id": show_id(execution.key),
        "parentActivityInstanceId": show_activity(parent.node, parent.key),
        "processInstanceId": show_id(execution.instance.key),
        "processDefinitionId": definition,
        "activityId": node.id,
        "activityName": node.name,
        "activityType": activity_type(node),
        "executionId": show_id(execution.key),
        "incidentIds": [show_id(incident.key) for incident in transition.incidents],
        "incidents": [_incident(incident) for incident in transition.incidents],
        "targetActivityId": node.id,
    }


def _incident(incident: Incident) -> dict[str, Any]:
    return {"id": show_id(incident.key), "activityId": incident.node.id}
