"""Functions on contexts."""

from simulator.expressions.feel.functions.registry import builtin
from simulator.expressions.feel.values import Value


@builtin("get value", "context:context", "key:text|list")
@builtin("get value", "context:context", "keys:text|list")
def get_value(context: dict[str, Value], key: str | list[Value]) -> Value:
    """The entry behind a key or a path of keys; null where there is none."""
    value: Value = context
    for step in [key] if isinstance(key, str) else key or [None]:
        value = value.get(step) if type(value) is dict and type(step) is str else None
    return value


@builtin("get entries", "context:context")
def get_entries(context: dict[str, Value]) -> list[Value]:
    """The entries as `{key, value}`."""
    return [{"key": key, "value": value} for key, value in context.items()]


@builtin("context put", "context:context", "key:text|list", "value:any")
@builtin("context put", "context:context", "keys:text|list", "value:any")
@builtin("put", "context:context", "key:text|list", "value:any")
def context_put(context: dict[str, Value], key: str | list[Value], value: Value) -> Value:
    """The context with an entry more, or another value behind a path of keys."""
    path = [key] if isinstance(key, str) else key
    if not path or any(type(step) is not str for step in path):
        return None
    made = dict(context)
    inner = made
    for step in path[:-1]:
        below = inner.get(step)
        inner[step] = dict(below) if type(below) is dict else {}
        inner = inner[step]
    inner[path[-1]] = value
    return made


@builtin("context merge", "contexts:any", rest="list")
@builtin("put all", "contexts:any", rest="list")
def context_merge(contexts: list[Value]) -> dict[str, Value] | None:
    """One context of all entries, the last of a key counts; null where one is no context."""
    made: dict[str, Value] = {}
    for context in contexts:
        if type(context) is not dict:
            return None
        made.update(context)
    return made
