"""The engine objects that the live answers saw: an execution at `work`, a task, what hangs on them."""

from typing import Any

from simulator.core.java import java_text
from simulator.core.typed_values import show_typed_value, storable
from simulator.expressions.juel import OBJECT, JavaClass, java_class


class EngineBean:
    """An engine object with a fixed class; its state is the values of the scope it belongs to."""

    def __init__(self, java_bean: JavaClass, values: dict[str, Any]) -> None:
        self.java_bean = java_bean
        self.java_class = java_bean.name
        self.values = values


def _constants(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        f"{'is' if isinstance(value, bool) else 'get'}{name}()": (lambda _, value=value: value)
        for name, value in properties.items()
    }


def _opened(bean: EngineBean, name: str) -> Any:
    value = bean.values.get(name)
    if value is None or hasattr(value, "type"):
        return None
    return value.load() if hasattr(value, "load") else value


def _set(bean: EngineBean, name: str, value: Any) -> None:
    bean.values[name] = storable(value)


def _set_all(bean: EngineBean, values: dict[str, Any]) -> None:
    for name, value in values.items():
        _set(bean, java_text(name), value)


TYPE = java_class(
    "org.camunda.bpm.engine.variable.type.ValueType", {"getName()": lambda b: b.values["name"]}, parent=OBJECT
)
TYPED = java_class(
    "org.camunda.bpm.engine.variable.value.TypedValue",
    {
        "getValue()": lambda b: b.values["value"],
        "getType()": lambda b: EngineBean(TYPE, {"name": b.values["type"]}),
    },
    parent=OBJECT,
)


def _typed(bean: EngineBean, name: str) -> EngineBean | None:
    if name not in bean.values:
        return None
    shown = show_typed_value(bean.values[name], deserialize=False)
    return EngineBean(TYPED, {"value": _opened(bean, name), "type": shown.type.lower()})


VARIABLES = {
    "getVariable(String)": _opened,
    "getVariableLocal(String)": _opened,
    "getVariableTyped(String)": _typed,
    "hasVariable(String)": lambda bean, name: name in bean.values,
    "hasVariableLocal(String)": lambda bean, name: name in bean.values,
    "hasVariables()": lambda bean: bool(bean.values),
    "getVariableNames()": lambda bean: sorted(bean.values),
    "getVariables()": lambda bean: {name: _opened(bean, name) for name in bean.values},
    "setVariable(String, Object)": _set,
    "setVariableLocal(String, Object)": _set,
    "setVariables(Map)": _set_all,
    "removeVariable(String)": lambda bean, name: bean.values.pop(name, None) and None,
}
NAMED = {"getName()": lambda b: b.values["name"], "getId()": lambda b: b.values.get("id")}
DEFINITION = java_class(
    "org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity",
    {**NAMED, "getVersionTag()": lambda _: "v1"},
    parent=OBJECT,
)
ELEMENT_TYPE = java_class(
    "ModelElementTypeImpl", {"getTypeName()": lambda b: b.values["name"]}, parent=OBJECT
)
ELEMENT = java_class(
    "org.camunda.bpm.model.bpmn.impl.instance.UserTaskImpl",
    {**NAMED, "getElementType()": lambda _: EngineBean(ELEMENT_TYPE, {"name": "userTask"})},
    parent=OBJECT,
)
ENGINE = java_class(
    "org.camunda.bpm.engine.impl.ProcessEngineImpl", NAMED, parent=OBJECT, not_modelled="getRuntimeService"
)
MODEL = java_class("org.camunda.bpm.model.bpmn.impl.BpmnModelInstanceImpl", {}, parent=OBJECT)
ENTITY = "org.camunda.bpm.engine.impl.persistence.entity."


def execution_bean(values: dict[str, Any], where: str) -> EngineBean:
    """Make the execution that stands at the activity `work`."""
    inside = where != "input"
    listener = where == "executionListener"
    ids = {
        "Id": "<execution>" if where == "input" else "<uuid>",
        "ProcessInstanceId": "<uuid>",
        "ProcessDefinitionId": "<definition>",
        "ProcessBusinessKey": None if where == "out" else "order-7",
        "BusinessKey": "order-7",
        "CurrentActivityId": "work" if inside else None,
        "ActivityId": "work",
        "CurrentActivityName": "Work" if inside else None,
        "ActivityInstanceId": "work:<uuid>",
        "ParentActivityInstanceId": "<uuid>",
        "EventName": "start" if listener else None,
        "VariableScopeKey": "execution",
        **dict.fromkeys(
            ("CurrentTransitionId", "TenantId", "ParentId", "SuperExecution", "SuperCaseExecution")
        ),
        "Active": True,
        "Scope": True,
        **dict.fromkeys(("Concurrent", "Ended", "Canceled"), False),
        "ProcessDefinition": EngineBean(DEFINITION, {"name": "Expressions"}),
        "BpmnModelElementInstance": EngineBean(ELEMENT, {"name": "Work", "id": "work"}),
        "BpmnModelInstance": EngineBean(MODEL, {}),
        "ProcessEngineServices": EngineBean(ENGINE, {"name": "default"}),
        "ProcessEngine": EngineBean(ENGINE, {"name": "default"}),
    }
    methods = {**_constants(ids), **VARIABLES, "getProcessInstance()": lambda bean: bean}
    return EngineBean(java_class(ENTITY + "ExecutionEntity", methods, parent=OBJECT), values)


def task_bean(values: dict[str, Any], execution: EngineBean) -> EngineBean:
    """Make the task that a task listener sees."""
    properties: dict[str, Any] = {
        "Id": "<task>",
        "Name": "Work",
        "TaskDefinitionKey": "work",
        "Priority": 50,
        "EventName": "create",
        **dict.fromkeys(("Assignee", "TenantId")),
        "ProcessInstanceId": "<uuid>",
        "Execution": execution,
        "Candidates": [],
        "BpmnModelElementInstance": EngineBean(ELEMENT, {"name": "Work", "id": "work"}),
    }
    local = {"setVariableLocal(String, Object)": lambda *_: None, "setAssignee(String)": lambda *_: None}
    methods = {**_constants(properties), **{k: v for k, v in VARIABLES.items() if k not in local}, **local}
    return EngineBean(java_class(ENTITY + "TaskEntity", methods, parent=OBJECT), values)
