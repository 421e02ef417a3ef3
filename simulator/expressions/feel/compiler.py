"""From syntax tree to closures, each of which evaluates its part in a scope."""

from collections.abc import Callable

from simulator.expressions.feel import operators, syntax
from simulator.expressions.feel.calls import call_function
from simulator.expressions.feel.loops import for_each, quantify
from simulator.expressions.feel.paths import filtered, property_of
from simulator.expressions.feel.release import FeelRelease
from simulator.expressions.feel.scope import Evaluator, Scope
from simulator.expressions.feel.syntax import Node
from simulator.expressions.feel.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time
from simulator.expressions.feel.truth import compare, conjunction, disjunction
from simulator.expressions.feel.values import MISSING, Function, Missing, Range, Value, is_number, quoted

_UNCONVERTED = frozenset({float, list, dict})
_ARITHMETIC = {
    "+": operators.add,
    "-": operators.subtract,
    "*": operators.multiply,
    "/": operators.divide,
    "**": operators.power,
}
_TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "boolean": bool,
    "date": Date,
    "time": Time,
    "date and time": DateTime,
    "days and time duration": DaysDuration,
    "years and months duration": MonthsDuration,
    "list": list,
    "context": dict,
    "function": Function,
}


def compile_node(node: Node, release: FeelRelease) -> Evaluator:
    """The closure of a tree for a release."""
    return _COMPILERS[type(node)](node, release)


def _literal(node: syntax.Literal, _: FeelRelease) -> Evaluator:
    value = node.value
    return lambda _: value


def _reference(node: syntax.Reference, _: FeelRelease) -> Evaluator:
    name, path = node.names[0], node.names[1:]

    def variable(scope: Scope) -> Value:
        value = scope.lookup(name)
        kind = type(value)
        if kind in _UNCONVERTED:
            return scope.run.convert(value)
        if kind is Missing:
            return scope.run.warn("NO_VARIABLE_FOUND", f"No variable found with name '{name}'")
        return value

    def into(scope: Scope) -> Value:
        value = scope.lookup(name)
        if value is MISSING:
            return scope.run.warn("NO_VARIABLE_FOUND", f"No variable found with name '{name}'")
        for step in path:
            if type(value) is dict and step in value:
                value = value[step]
            else:
                value = property_of(scope.run, scope.run.convert(value), step)
        return scope.run.convert(value) if type(value) in _UNCONVERTED else value

    return into if path else variable


def _input_value(_node: syntax.InputValue, _: FeelRelease) -> Evaluator:
    def input_value(scope: Scope) -> Value:
        if scope.input is MISSING:
            scope.run.fail(
                "failed to evaluate expression",
                "No input value available. '?' can only be used inside an unary-test expression.",
            )
            return None
        return scope.input

    return input_value


def _list(node: syntax.ListLiteral, release: FeelRelease) -> Evaluator:
    items = [compile_node(item, release) for item in node.items]
    return lambda scope: [item(scope) for item in items]


def _context(node: syntax.ContextLiteral, release: FeelRelease) -> Evaluator:
    entries = [(key, compile_node(entry, release)) for key, entry in node.entries]

    def context(scope: Scope) -> Value:
        names: dict[str, Value] = {}
        inner = scope.with_names(names)
        for key, entry in entries:
            names[key] = entry(inner)
        return names

    return context


def _required_input(scope: Scope) -> Value:
    if scope.input is MISSING:
        return scope.run.warn("NO_VARIABLE_FOUND", "No input value found.")
    return scope.input


def _interval(node: syntax.Interval, release: FeelRelease) -> Evaluator:
    start, end = compile_node(node.start, release), compile_node(node.end, release)
    included = node.start_included, node.end_included

    def interval(scope: Scope) -> Value:
        _required_input(scope)
        value = _required_input(scope)
        return operators.within(scope.run, value, (start(scope), end(scope), *included))

    return interval


def _range(node: syntax.Interval, release: FeelRelease) -> Evaluator:
    start, end = compile_node(node.start, release), compile_node(node.end, release)
    included = node.start_included, node.end_included
    return lambda scope: Range(start(scope), end(scope), *included)


def _negation(node: syntax.Negation, release: FeelRelease) -> Evaluator:
    operand = compile_node(node.operand, release)
    return lambda scope: operators.negate(scope.run, operand(scope))


def _arithmetic(node: syntax.Arithmetic, release: FeelRelease) -> Evaluator:
    first = compile_node(node.first, release)
    steps = [(_ARITHMETIC[symbol], compile_node(operand, release)) for symbol, operand in node.steps]

    def arithmetic(scope: Scope) -> Value:
        value = first(scope)
        for apply, operand in steps:
            value = apply(scope.run, value, operand(scope))
        return value

    return arithmetic


def _comparison(node: syntax.Comparison, release: FeelRelease) -> Evaluator:
    return compare(node.operator, compile_node(node.left, release), compile_node(node.right, release))


def _between(node: syntax.Between, release: FeelRelease) -> Evaluator:
    low = _comparison(syntax.Comparison(">=", node.value, node.low), release)
    high = _comparison(syntax.Comparison("<=", node.value, node.high), release)
    return conjunction([low, high])


def _instance_of(node: syntax.InstanceOf, release: FeelRelease) -> Evaluator:
    value, wanted = compile_node(node.value, release), node.type_name
    if wanted == "Any":
        return lambda scope: value(scope) is not None
    if wanted == "number":
        return lambda scope: is_number(value(scope))
    kinds = _TYPES.get(wanted, ())
    return lambda scope: isinstance(value(scope), kinds)


def _comparison_test(node: syntax.ComparisonTest, release: FeelRelease) -> Evaluator:
    operand, symbol = compile_node(node.operand, release), node.operator

    def test(scope: Scope) -> Value:
        value = _required_input(scope)
        return operators.ordered(scope.run, symbol, value, operand(scope))

    return test


def _expression_test(node: syntax.ExpressionTest, release: FeelRelease) -> Evaluator:
    expression = compile_node(node.expression, release)

    def test(scope: Scope) -> Value:
        value, result = scope.input, expression(scope)
        if result is True or (result is False and type(value) is not bool):
            return result
        if type(result) is list and (type(value) is not list or not operators.same(value, result)):
            return any(operators.member(item, value) for item in result)
        return operators.equal(scope.run, value, result)

    return test


def _in(node: syntax.In, release: FeelRelease) -> Evaluator:
    value = compile_node(node.value, release)
    tests = [compile_node(test, release) for test in node.tests]

    def within(scope: Scope) -> Value:
        inner = scope.with_input(value(scope))
        unknown = False
        for test in tests:
            result = test(inner)
            if result is True:
                return True
            unknown = unknown or result is None
        return None if unknown else False

    return within


def _logic(node: syntax.Logic, release: FeelRelease) -> Evaluator:
    operands = [compile_node(operand, release) for operand in node.operands]
    if node.operator == "or":
        return disjunction(operands)
    together = conjunction(operands)
    if node.tests and release.failed_conjunction_of_tests_is_null:
        return lambda scope: together(scope) or None
    return together


def _if(node: syntax.If, release: FeelRelease) -> Evaluator:
    branches = [
        (compile_node(condition, release), compile_node(result, release))
        for condition, result in node.branches
    ]
    otherwise = compile_node(node.otherwise, release)

    def choose(scope: Scope) -> Value:
        for condition, result in branches:
            chosen = condition(scope)
            if chosen is True:
                return result(scope)
            if chosen is not False:
                operators.expect_boolean(scope.run, chosen)
        return otherwise(scope)

    return choose


def _domains(
    iterators: tuple[syntax.Iterator, ...], release: FeelRelease
) -> list[tuple[str, Evaluator, Evaluator | None]]:
    return [
        (
            iterator.name,
            compile_node(iterator.domain, release),
            compile_node(iterator.end, release) if iterator.end else None,
        )
        for iterator in iterators
    ]


def _for(node: syntax.For, release: FeelRelease) -> Evaluator:
    return for_each(_domains(node.iterators, release), compile_node(node.body, release))


def _quantified(node: syntax.Quantified, release: FeelRelease) -> Evaluator:
    body = compile_node(node.body, release)
    return quantify(_domains(node.iterators, release), body, decisive=node.quantifier == "some")


def _function(node: syntax.FunctionDefinition, release: FeelRelease) -> Evaluator:
    parameters, body = node.parameters, compile_node(node.body, release)

    def function(scope: Scope) -> Value:
        # a function sees the entries before it, neither itself nor later ones
        known = scope.frozen()
        return Function(
            parameters,
            lambda values: body(known.with_names(dict(zip(parameters, values, strict=True)))),
        )

    return function


def _call(node: syntax.Call, release: FeelRelease) -> Evaluator:
    arguments = [
        _range(item, release) if isinstance(item, syntax.Interval) else compile_node(item, release)
        for item in node.arguments
    ]
    return call_function(node.path, node.names, arguments, release)


def _steps(node: syntax.Steps, release: FeelRelease) -> Evaluator:
    value = compile_node(node.value, release)
    steps = [_step(step, release) for step in node.steps]

    def walk(scope: Scope) -> Value:
        result = value(scope)
        for step in steps:
            result = step(scope, result)
        return result

    return walk


def _step(step: syntax.Step, release: FeelRelease) -> Callable[[Scope, Value], Value]:
    if step.condition is None:
        return lambda scope, value: property_of(scope.run, value, step.name)
    condition = compile_node(step.condition, release)
    compares = isinstance(step.condition, syntax.Comparison) and step.condition.operator != "!="
    probe = not (compares or isinstance(step.condition, syntax.Call))

    def apply(scope: Scope, value: Value) -> Value:
        if type(value) is not list:
            return scope.run.warn("INVALID_TYPE", f"Expected list but found '{quoted(value)}'")
        return filtered(scope, value, condition, probe=probe)

    return apply


_COMPILERS: dict[type, Callable[..., Evaluator]] = {
    syntax.Literal: _literal,
    syntax.Reference: _reference,
    syntax.InputValue: _input_value,
    syntax.ListLiteral: _list,
    syntax.ContextLiteral: _context,
    syntax.Interval: _interval,
    syntax.Negation: _negation,
    syntax.Arithmetic: _arithmetic,
    syntax.Comparison: _comparison,
    syntax.Between: _between,
    syntax.InstanceOf: _instance_of,
    syntax.ComparisonTest: _comparison_test,
    syntax.ExpressionTest: _expression_test,
    syntax.In: _in,
    syntax.Logic: _logic,
    syntax.If: _if,
    syntax.For: _for,
    syntax.Quantified: _quantified,
    syntax.FunctionDefinition: _function,
    syntax.Call: _call,
    syntax.Steps: _steps,
}
