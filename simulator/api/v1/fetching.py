"""What a worker's fetch-and-lock request says, and how what it gets is shown."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.api.v1.bodies import listing, mapping, text, truth, unreadable
from simulator.api.v1.finding import definition_id
from simulator.api.v1.query_forms import INTEGER, LONG, TEXTS
from simulator.api.v1.querying import engine_failure, not_valid, null_value
from simulator.api.v1.rest_error import RestError, invalid
from simulator.api.v1.showing_work import definition_of, show_external_task
from simulator.api.v1.variables import show_variables
from simulator.core.java.numeric import whole_number
from simulator.engine.external_tasks import Wish
from simulator.engine.process_engine import ProcessEngine
from simulator.kernel.state import Work

LONGEST_WAIT = 1_800_000
Order = Callable[[Work], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic(Wish):
    """A wish with what is to be shown of its tasks; `names` None means all variables."""

    names: frozenset[str] | None = None
    local: bool = False
    deserialize: bool = False
    properties: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetching:
    """One request: whose, how many at most, of which topics, in which order; `timeout` in milliseconds."""

    worker: str
    most: int
    wishes: tuple[Topic, ...]
    order: Order | None = None
    timeout: int = 0

    def show(self, engine: ProcessEngine, task: Work, wish: Wish) -> dict[str, Any]:
        """A locked task with the variables its topic asks for."""
        assert isinstance(wish, Topic), "a request's wishes are its topics"
        shown = show_external_task(engine, task)
        execution = task.execution
        held = (execution.variables or {}) if wish.local else execution.visible()
        wanted = {n: v for n, v in held.items() if wish.names is None or n in wish.names}
        properties = task.node.detail.properties if wish.properties else {}
        return {
            **shown,
            "errorDetails": task.facts["details"],
            "variables": show_variables(wanted, deserialize=wish.deserialize),
            "extensionProperties": properties,
        }


def read_fetching(body: Mapping[str, Any], engine: ProcessEngine) -> Fetching:
    """Read a request; raises `RestError` in the engine's order of checks."""
    worker, most = text(body, "workerId"), INTEGER.from_json(body, "maxTasks") or 0
    by_priority, timeout = (
        truth(body, "usePriority") or False,
        LONG.from_json(body, "asyncResponseTimeout") or 0,
    )
    sorting, listed = listing(body, "sorting"), listing(body, "topics") or []
    if timeout > LONGEST_WAIT:
        message = "The asynchronous response timeout cannot be set to a value greater than"
        raise invalid(f"{message} {LONGEST_WAIT} milliseconds")
    shapes = [_ensure_shape(each) for each in listed]
    order = _read_order(by_priority, sorting or ())
    topics = tuple(_read_topic(each, engine) for each in shapes)
    if worker is None:
        raise null_value("workerId is null")
    if most < 0:
        raise engine_failure("maxResults is not greater than or equal to 0")
    for topic in topics:
        if not topic.topic:
            raise null_value("topicName is null")
        if topic.lock <= 0:
            raise engine_failure("lockTime is not greater than 0")
    return Fetching(worker=worker, most=most, wishes=topics, order=order, timeout=timeout)


def _ensure_shape(entry: Any) -> Mapping[str, Any]:
    if entry is None:
        raise RestError(500, "NullPointerException", 'Cannot invoke a method because "topic" is null')
    if not isinstance(entry, dict):
        raise unreadable()
    return entry


def _read_order(by_priority: bool, sorting: Iterable[Any]) -> Order | None:
    keys: list[Order] = [lambda task: -task.facts["priority"]] if by_priority else []
    for entry in sorting:
        if not isinstance(entry, dict):
            raise unreadable()
        by, direction = text(entry, "sortBy"), text(entry, "sortOrder")
        if by is None:
            raise RestError(500, "NullPointerException", 'Cannot invoke a method because "o" is null')
        if by != "createTime":
            raise invalid(f"Cannot set query sortBy parameter to value {by}")
        if direction is None:
            raise not_valid("Invalid query: call asc() or desc() after using orderByXX(): direction is null")
        if direction not in ("asc", "desc"):
            raise invalid(f"Cannot set query sortOrder parameter to value {direction}")
        sign = -1 if direction == "desc" else 1
        keys.append(_by_age(sign))
    return (lambda task: tuple(key(task) for key in keys)) if keys else None


def _by_age(sign: int) -> Order:
    return lambda task: sign * task.time


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What a topic asks of the instance that a task belongs to."""

    engine: ProcessEngine
    business_key: str | None
    definition_ids: frozenset[str] | None
    keys: frozenset[str] | None
    version_tag: str | None
    tenants: frozenset[str | None] | None
    variables: Mapping[str, Any] = field(default_factory=dict)

    def fit(self, task: Work) -> bool:
        """Whether a task is one the topic asks for."""
        instance, definition = task.execution.instance, definition_of(self.engine, task.execution)
        held = instance.execution.variables or {}
        return (
            self.business_key in (None, instance.business_key)
            and (self.definition_ids is None or definition_id(definition) in self.definition_ids)
            and (self.keys is None or definition.process_key in self.keys)
            and self.version_tag in (None, definition.process.version_tag)
            and (self.tenants is None or instance.tenant in self.tenants)
            and all(name in held and same_value(held[name], value) for name, value in self.variables.items())
        )


def same_value(held: Any, value: Any) -> bool:
    """Whether a variable has a value of the same type."""
    return type(held) is type(value) and bool(held == value)


def _read_topic(entry: Mapping[str, Any], engine: ProcessEngine) -> Topic:
    names = TEXTS.from_json(entry, "variables")
    conditions = Conditions(
        engine=engine,
        business_key=text(entry, "businessKey"),
        definition_ids=_one_of(entry, "processDefinitionId"),
        keys=_one_of(entry, "processDefinitionKey"),
        version_tag=text(entry, "processDefinitionVersionTag"),
        tenants=_tenants(entry),
        variables={name: _plain(value) for name, value in (mapping(entry, "processVariables") or {}).items()},
    )
    return Topic(
        topic=text(entry, "topicName") or "",
        lock=LONG.from_json(entry, "lockDuration") or 0,
        fits=conditions.fit,
        names=None if names is None else frozenset(names),
        local=truth(entry, "localVariables") or False,
        deserialize=truth(entry, "deserializeValues") or False,
        properties=truth(entry, "includeExtensionProperties") or False,
    )


def _plain(value: Any) -> Any:
    return whole_number(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _one_of(entry: Mapping[str, Any], name: str) -> frozenset[str] | None:
    one, several = text(entry, name), TEXTS.from_json(entry, f"{name}In")
    wanted = frozenset(several) if several else None
    if one is None:
        return wanted
    return frozenset({one}) if wanted is None else wanted & {one}


def _tenants(entry: Mapping[str, Any]) -> frozenset[str | None] | None:
    if truth(entry, "withoutTenantId"):
        return frozenset({None})
    listed = TEXTS.from_json(entry, "tenantIdIn")
    return frozenset(listed) if listed else None
