"""The engine's own objects in expressions: `execution`, and the user who is logged in."""

from collections.abc import Callable, Mapping
from typing import Any

from simulator.bpmn.camunda7.ids import show_activity, show_id
from simulator.core.java import TypedNull, java_text
from simulator.core.typed_values import show_typed_value, storable
from simulator.expressions.juel import OBJECT, UNKNOWN, JavaClass, java_class
from simulator.kernel.executions.variables import remove_variable, set_local, set_nearest
from simulator.kernel.state import Execution
from simulator.model.process import Node

ENTITY = "org.camunda.bpm.engine.impl.persistence.entity."


class ExecutionBean:
    """An execution as expressions may use it."""

    __slots__ = ("execution", "java_bean", "java_class")

    def __init__(self, execution: Execution) -> None:
        self.execution = execution
        self.java_bean = EXECUTION
        self.java_class = EXECUTION.name

    def node(self) -> Node | None:
        """The activity it executes; none where it is the process itself."""
        node = self.execution.node
        return None if node is None or node.kind == "process" else node


class TypedBean:
    """A variable with its type."""

    __slots__ = ("java_bean", "java_class", "type", "value")

    def __init__(self, value: Any) -> None:
        self.java_bean: JavaClass = TYPED
        self.java_class = TYPED.name
        self.value = opened(value)
        self.type = TypeBean(show_typed_value(value, deserialize=False).type)


class TypeBean:
    """A variable's type."""

    __slots__ = ("java_bean", "java_class", "name")

    def __init__(self, name: str) -> None:
        self.java_bean: JavaClass = TYPE
        self.java_class = TYPE.name
        self.name = name[:1].lower() + name[1:]


TYPE = java_class(
    "org.camunda.bpm.engine.variable.type.ValueType", {"getName()": lambda bean: bean.name}, parent=OBJECT
)
TYPED = java_class(
    "org.camunda.bpm.engine.variable.value.TypedValue",
    {"getValue()": lambda bean: bean.value, "getType()": lambda bean: bean.type},
    parent=OBJECT,
)


def opened(value: Any) -> Any:
    """A stored value as expressions get it."""
    if value is None or value.__class__ is TypedNull:
        return None
    return value.load() if hasattr(value, "load") else value


def _get(bean: ExecutionBean, name: str) -> Any:
    return opened(bean.execution.lookup(name))


def _get_local(bean: ExecutionBean, name: str) -> Any:
    return opened((bean.execution.variables or {}).get(name))


def _typed(bean: ExecutionBean, name: str) -> TypedBean | None:
    value = bean.execution.lookup(name, UNKNOWN)
    return None if value is UNKNOWN else TypedBean(value)


def _set(bean: ExecutionBean, name: str | None, value: Any) -> None:
    if name is not None:
        set_nearest(bean.execution.root.run, bean.execution, name, storable(value))


def _set_local(bean: ExecutionBean, name: str | None, value: Any) -> None:
    if name is not None:
        set_local(bean.execution.root.run, bean.execution, name, storable(value))


def _set_all(bean: ExecutionBean, values: Mapping[Any, Any] | None) -> None:
    for name, value in (values or {}).items():
        _set(bean, java_text(name), value)


def _remove(bean: ExecutionBean, name: str) -> None:
    holder = bean.execution.holder(name)
    if name in (holder.variables or {}):
        remove_variable(holder.root.run, holder, name)


def _activity_instance(bean: ExecutionBean) -> str | None:
    execution, node = bean.execution, bean.execution.node
    if node is None or not execution.activity:
        return None
    return show_activity(node, execution.activity)


def _parent_activity_instance(bean: ExecutionBean) -> str:
    execution = bean.execution
    above: Execution | None = execution.parent if execution.parent is not None else execution
    while above is not None and (above.scope_node is None or above.scope_node is execution.node):
        above = above.parent
    if above is None or above.scope_node is None or above.parent is None:
        return show_id(execution.instance.key)
    return show_activity(above.scope_node, above.scope_activity)


def _named(read: Callable[[Node], str | None]) -> Callable[[ExecutionBean], str | None]:
    def value(bean: ExecutionBean) -> str | None:
        node = bean.node()
        return None if node is None else read(node)

    return value


def _super(bean: ExecutionBean) -> ExecutionBean | None:
    caller = bean.execution.instance.caller
    return None if caller is None else ExecutionBean(caller)


def _parent_id(bean: ExecutionBean) -> str | None:
    parent = bean.execution.parent
    return None if parent is None else show_id(parent.key)


VARIABLES: Mapping[str, Callable[..., Any]] = {
    "getVariable(String)": _get,
    "getVariableLocal(String)": _get_local,
    "getVariableTyped(String)": _typed,
    "hasVariable(String)": lambda bean, name: bean.execution.lookup(name, UNKNOWN) is not UNKNOWN,
    "hasVariableLocal(String)": lambda bean, name: name in (bean.execution.variables or {}),
    "hasVariables()": lambda bean: bool(bean.execution.visible()),
    "hasVariablesLocal()": lambda bean: bool(bean.execution.variables),
    "getVariableNames()": lambda bean: list(bean.execution.visible()),
    "getVariableNamesLocal()": lambda bean: list(bean.execution.variables or {}),
    "getVariables()": lambda bean: {n: opened(v) for n, v in bean.execution.visible().items()},
    "getVariablesLocal()": lambda bean: {n: opened(v) for n, v in (bean.execution.variables or {}).items()},
    "setVariable(String, Object)": _set,
    "setVariableLocal(String, Object)": _set_local,
    "setVariables(Map)": _set_all,
    "removeVariable(String)": _remove,
}
PLACE: Mapping[str, Callable[..., Any]] = {
    "getId()": lambda bean: show_id(bean.execution.key),
    "getProcessInstanceId()": lambda bean: show_id(bean.execution.instance.key),
    "getProcessBusinessKey()": lambda bean: bean.execution.instance.business_key,
    "getBusinessKey()": lambda bean: bean.execution.instance.business_key,
    "getCurrentActivityId()": _named(lambda node: node.id),
    "getActivityId()": _named(lambda node: node.id),
    "getCurrentActivityName()": _named(lambda node: node.name),
    "getActivityInstanceId()": _activity_instance,
    "getParentActivityInstanceId()": _parent_activity_instance,
    "getParentId()": _parent_id,
    "getSuperExecution()": _super,
    "getSuperCaseExecution()": lambda _bean: None,
    "getTenantId()": lambda bean: bean.execution.instance.tenant,
    "getVariableScopeKey()": lambda _bean: "execution",
    "getProcessInstance()": lambda bean: ExecutionBean(bean.execution.instance.execution),
    "isActive()": lambda bean: bean.execution.active,
    "isScope()": lambda bean: bean.execution.scope,
    "isConcurrent()": lambda bean: bean.execution.concurrent,
    "isEnded()": lambda bean: bean.execution.ended,
    "isCanceled()": lambda _bean: False,
}
EXECUTION = java_class(
    f"{ENTITY}ExecutionEntity",
    {**PLACE, **VARIABLES},
    parent=OBJECT,
    not_modelled="getProcessDefinitionId getProcessDefinition getCurrentTransitionId getEventName "
    "getBpmnModelElementInstance getBpmnModelInstance getProcessEngineServices getProcessEngine",
)


def execution_bean(execution: Any) -> Any:
    """The execution at which an expression is evaluated; a start event's timer has none."""
    return ExecutionBean(execution) if isinstance(execution, Execution) else UNKNOWN


BEANS: Mapping[str, Callable[[Any], Any]] = {
    "execution": execution_bean,
    "authenticatedUserId": lambda _execution: None,
}
"""What each name gives at an execution; these names come before variables (live Camunda 7.24)."""
