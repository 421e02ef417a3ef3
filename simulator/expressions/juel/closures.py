"""From the tree of an expression to nested closures over the scope.

A closure for an arithmetic operand may answer a plain int for a Long ("raw"); only a value that leaves
the arithmetic is made a Long, which saves an object for each intermediate result.
"""

from collections.abc import Callable
from typing import Any, Final

from simulator.core.java import Long
from simulator.core.java.stored import ObjectValue, SpinText, UndeserializableError
from simulator.core.java.values import TypedNull
from simulator.expressions.juel import arithmetic, comparison
from simulator.expressions.juel.access import call_method, read_property, unreachable
from simulator.expressions.juel.coercion import to_boolean
from simulator.expressions.juel.errors import ENGINE_EXCEPTION, EvaluationFailed, unknown_property
from simulator.expressions.juel.functions import Function
from simulator.expressions.juel.operations import (
    ARITHMETIC,
    FAST,
    GENERAL,
    Compute,
    fast_arithmetic,
    fast_comparison,
    with_constant,
)
from simulator.expressions.juel.scope import Scope, Unknown
from simulator.expressions.juel.syntax import (
    Chain,
    Choice,
    FunctionCall,
    Group,
    Literal,
    MethodCall,
    Name,
    Node,
    Property,
    Unary,
)

Bind = Callable[[str, int], Function]
LONGEST_NEST: Final = 12
"""Operations of one chain that are nested as closures; longer chains run in a loop."""
_STORED: Final = frozenset((Unknown, ObjectValue, SpinText, TypedNull))


def compile_node(node: Node, bind: Bind, raw: bool = False) -> Compute:
    """Compile a tree; `raw` allows plain ints for Longs in the answer."""
    match node:
        case Literal(kind="integer"):
            return _constant(node.value if raw else Long(node.value))
        case Literal():
            return _constant(node.value)
        case Name():
            return _name(node.name)
        case Group():
            return compile_node(node.inner, bind, raw)
        case Unary():
            return _unary(node.sign, compile_node(node.operand, bind))
        case Chain():
            return _chain(node, bind, raw)
        case Choice():
            return _choice(node, bind)
        case Property():
            return _property(compile_node(node.base, bind), node.key, bind)
        case MethodCall():
            return _method(node, bind)
        case FunctionCall():
            return _function(node, bind)


def _constant(value: Any) -> Compute:
    return lambda _: value


def _name(name: str) -> Compute:
    def read(scope: Scope) -> Any:
        value = scope.lookup(name)
        if value.__class__ in _STORED:
            return _opened(name, value)
        return value

    return read


def _opened(name: str, value: Any) -> Any:
    match value:
        case Unknown():
            raise unknown_property(f"Cannot resolve identifier '{name}'")
        case TypedNull():
            return None
    try:
        return value.load()
    except UndeserializableError as misfit:
        message = f"Cannot deserialize object in variable '{name}': {misfit.reason}"
        raise EvaluationFailed(message, misfit.java_class, ENGINE_EXCEPTION) from None


def _unary(sign: str, operand: Compute) -> Compute:
    match sign:
        case "-":
            return lambda scope: arithmetic.negate(operand(scope))
        case "!":
            return lambda scope: not to_boolean(operand(scope))
    return lambda scope: comparison.is_empty(operand(scope))


def _choice(node: Choice, bind: Bind) -> Compute:
    branches = tuple(
        (compile_node(condition, bind), compile_node(chosen, bind)) for condition, chosen in node.branches
    )
    otherwise = compile_node(node.otherwise, bind)

    def choose(scope: Scope) -> Any:
        for condition, chosen in branches:
            if to_boolean(condition(scope)):
                return chosen(scope)
        return otherwise(scope)

    return choose


def _property(base: Compute, key_node: Node, bind: Bind) -> Compute:
    if isinstance(key_node, Literal) and key_node.kind == "text":
        name = key_node.value
        return lambda scope: read_property(base(scope), name)
    key = compile_node(key_node, bind)

    def read(scope: Scope) -> Any:
        owner = base(scope)
        return None if owner is None else read_property(owner, key(scope))

    return read


def _method(node: MethodCall, bind: Bind) -> Compute:
    base, name = compile_node(node.base, bind), compile_node(node.method, bind)
    arguments = tuple(compile_node(each, bind) for each in node.arguments)
    shown = _shown(node.base)

    def call(scope: Scope) -> Any:
        owner = base(scope)
        if owner is None:
            raise unreachable(shown)
        return call_method(owner, name(scope), [each(scope) for each in arguments])

    return call


def _shown(node: Node) -> str:
    match node:
        case Name():
            return node.name
        case Property():
            return node.shown
        case Literal(kind="null"):
            return "null"
        case MethodCall():
            return "<method>"
        case FunctionCall():
            return node.name
    return "(...)"


def _function(node: FunctionCall, bind: Bind) -> Compute:
    function = bind(node.name, len(node.arguments))
    arguments = tuple(compile_node(each, bind) for each in node.arguments)
    return lambda scope: function(scope, *[each(scope) for each in arguments])


def _chain(node: Chain, bind: Bind, raw: bool) -> Compute:
    sign = node.rest[0][0]
    if sign in ("&&", "||"):
        operands = (node.first, *(operand for _, operand in node.rest))
        return _logic(tuple(compile_node(each, bind) for each in operands), sign == "||")
    compute = compile_node(node.first, bind, raw=True)
    if len(node.rest) > LONGEST_NEST:
        compute = _loop(compute, node, bind)
    else:
        for sign, operand in node.rest:
            compute = _operation(sign, compute, operand, bind)
    return compute if raw or sign not in ARITHMETIC else _finished(compute)


def _finished(compute: Compute) -> Compute:
    def finish(scope: Scope) -> Any:
        value = compute(scope)
        return Long(value) if value.__class__ is int else value

    return finish


def _loop(first: Compute, node: Chain, bind: Bind) -> Compute:
    steps = tuple((GENERAL[sign], compile_node(each, bind, raw=True)) for sign, each in node.rest)

    def run(scope: Scope) -> Any:
        value = first(scope)
        for operate, operand in steps:
            value = operate(value, operand(scope))
        return value

    return run


def _logic(operands: tuple[Compute, ...], decisive: bool) -> Compute:
    if len(operands) == 2:
        return _logic_of_two(*operands, decisive)

    def decide(scope: Scope) -> bool:
        return any(to_boolean(each(scope)) is decisive for each in operands) is decisive

    return decide


def _logic_of_two(left: Compute, right: Compute, decisive: bool) -> Compute:
    def decide(scope: Scope) -> bool:
        value = left(scope)
        if value is decisive or to_boolean(value) is decisive:
            return decisive
        value = right(scope)
        return value if value is True or value is False else to_boolean(value)

    return decide


def _operation(sign: str, left: Compute, operand: Node, bind: Bind) -> Compute:
    general, fast = GENERAL[sign], FAST.get(sign)
    right = compile_node(operand, bind, raw=True)
    if fast is not None and isinstance(operand, Literal) and operand.kind in ("integer", "text"):
        return with_constant(sign, fast, general, left, operand.value)
    if fast is None:
        return lambda scope: general(left(scope), right(scope))
    if sign in ARITHMETIC:
        return fast_arithmetic(fast, general, left, right)
    return fast_comparison(fast, general, left, right)
