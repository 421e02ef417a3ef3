"""Calls: of functions that the expression itself defines, and of built-in ones."""

from collections.abc import Sequence

from simulator.expressions.feel.failures import InvocationFailed
from simulator.expressions.feel.functions import FUNCTIONS, Builtin
from simulator.expressions.feel.release import FeelRelease
from simulator.expressions.feel.scope import Evaluator, Run, Scope
from simulator.expressions.feel.values import MISSING, Function, Value, quoted


def _fits(parameters: Sequence[str], names: Sequence[str], count: int) -> bool:
    return set(names) <= set(parameters) if names else len(parameters) == count


def _arranged(parameters: Sequence[str], names: Sequence[str], values: list[Value]) -> list[Value]:
    """The values in the order of the parameters; what is not named is null."""
    if not names:
        return values
    given = dict(zip(names, values, strict=True))
    return [given.get(parameter) for parameter in parameters]


def _not_found(name: str, names: Sequence[str], count: int) -> str:
    how = f"parameters: {','.join(names)}" if names else f"{count} parameters"
    return f"No function found with name '{name}' and {how}"


def invoke(run: Run, name: str, builtin: Builtin, values: list[Value]) -> Value:
    """A built-in function's value; null with a warning where it refuses its arguments."""
    values = builtin.gathered(values)
    if not builtin.accepts(values):
        shown = ", ".join(f"'{quoted(value)}'" for value in values)
        return refused(run, name, f"Illegal arguments: {shown}")
    try:
        return builtin.body(run, *values) if builtin.takes_run else builtin.body(*values)
    except InvocationFailed as failure:
        return refused(run, name, str(failure))


def refused(run: Run, name: str, text: str) -> None:
    """Null with a warning; an assertion that cannot be made fails the evaluation."""
    if name == "assert":
        run.warn("ASSERT_FAILURE", text)
        return run.fail("Assertion failure on evaluate the expression", text)
    return run.warn("FUNCTION_INVOCATION_FAILURE", f"Failed to invoke function '{name}': {text}")


def call_function(
    path: tuple[str, ...], names: tuple[str, ...], arguments: list[Evaluator], release: FeelRelease
) -> Evaluator:
    """The closure of a call; with a longer path the function is an entry of a context."""
    if len(path) > 1:
        return _call_entry(path, names, arguments)
    name, count = path[0], len(arguments)
    builtins = [] if name in release.missing_functions else FUNCTIONS.get(name, [])
    fitting = sorted(
        (builtin for builtin in builtins if builtin.fits(names, count)),
        key=lambda builtin: len(builtin.parameters),
    )

    def call(scope: Scope) -> Value:
        own = scope.local(name) if scope.outer is not None else MISSING
        if type(own) is Function and _fits(own.parameters, names, count):
            return own.body(_arranged(own.parameters, names, [argument(scope) for argument in arguments]))
        if not fitting:
            return scope.run.warn("NO_FUNCTION_FOUND", _not_found(name, names, count))
        values = [argument(scope) for argument in arguments]
        return invoke(scope.run, name, fitting[0], _arranged(fitting[0].parameters, names, values))

    return call


def _call_entry(path: tuple[str, ...], names: tuple[str, ...], arguments: list[Evaluator]) -> Evaluator:
    *way, name = path
    count = len(arguments)

    def call(scope: Scope) -> Value:
        value = scope.lookup(way[0])
        if value is MISSING:
            return scope.run.warn("NO_VARIABLE_FOUND", f"No variable found with name '{way[0]}'")
        for step in (*way[1:], name):
            value = value.get(step) if type(value) is dict else None
        if type(value) is Function and _fits(value.parameters, names, count):
            values = [argument(scope) for argument in arguments]
            return value.body(_arranged(value.parameters, names, values))
        text = _not_found(name, names, count)
        scope.run.warn("NO_FUNCTION_FOUND", text)
        return scope.run.fail("failed to evaluate expression", text)

    return call
