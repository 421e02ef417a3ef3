"""Closures whose value is a truth or null: comparisons, `and`, `or`."""

from collections.abc import Callable

from simulator.expressions.feel import operators
from simulator.expressions.feel.scope import Evaluator, Scope
from simulator.expressions.feel.values import Value


def compare(symbol: str, left: Evaluator, right: Evaluator) -> Evaluator:
    """The comparison of two values by one of `= != < <= > >=`."""
    if symbol in ("=", "!="):
        return _equality(left, right, negated=symbol == "!=")
    holds: Callable[[int, int], bool] = operators.ORDERS[symbol]

    def comparison(scope: Scope) -> Value:
        first, second = left(scope), right(scope)
        if type(first) is int and type(second) is int:
            return holds(first, second)
        return operators.ordered(scope.run, symbol, first, second)

    return comparison


def _equality(left: Evaluator, right: Evaluator, *, negated: bool) -> Evaluator:
    def equality(scope: Scope) -> Value:
        first, second = left(scope), right(scope)
        if type(first) is str and type(second) is str:
            return first == second
        return operators.equal(scope.run, first, second)

    def inequality(scope: Scope) -> Value:
        result = equality(scope)
        if result is None:
            operators.expect_boolean(scope.run, result)
            return None
        return not result

    return inequality if negated else equality


def conjunction(operands: list[Evaluator]) -> Evaluator:
    """`and`: false as soon as one operand is; null where one is no truth."""
    return _joined(operands, neutral=True)


def disjunction(operands: list[Evaluator]) -> Evaluator:
    """`or`: true as soon as one operand is; null where one is no truth."""
    return _joined(operands, neutral=False)


def _joined(operands: list[Evaluator], *, neutral: bool) -> Evaluator:
    """Operands from the left, of which `neutral` changes nothing and its opposite decides."""
    first, rest, decisive = operands[0], operands[1:], not neutral

    def joined(scope: Scope) -> Value:
        value = first(scope)
        for operand in rest:
            if value is neutral:
                value = operand(scope)
                if type(value) is not bool:
                    operators.expect_boolean(scope.run, value)
                    value = None
            elif value is not decisive:
                operators.expect_boolean(scope.run, value)
                value = decisive if operand(scope) is decisive else None
        return value

    return joined
