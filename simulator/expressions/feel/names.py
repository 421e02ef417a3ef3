"""The variables an expression reads."""

from collections.abc import Iterator

from simulator.expressions.feel import syntax
from simulator.expressions.feel.parser import Parser
from simulator.expressions.feel.release import CAMUNDA_8_8, FeelRelease
from simulator.expressions.feel.syntax import Node

Bound = frozenset[str]
NOTHING: Bound = frozenset()


def free_names(text: str, release: FeelRelease = CAMUNDA_8_8) -> frozenset[str]:
    """The names an expression (without its `=`) surely looks up; raises ExpressionSyntaxError.

    A bare name inside a filter may be a field of the items, so it is not counted.
    """
    names: set[str] = set()
    pending: list[tuple[Node, Bound]] = [(Parser(text, release).parse(), NOTHING)]
    while pending:
        node, bound = pending.pop()
        if isinstance(node, syntax.Reference):
            if node.names[0] not in bound:
                names.add(node.names[0])
            continue
        if isinstance(node, syntax.Call) and len(node.path) > 1 and node.path[0] not in bound:
            names.add(node.path[0])
        pending.extend(_parts(node, bound))
    return frozenset(names)


def _parts(node: Node, bound: Bound) -> Iterator[tuple[Node, Bound]]:
    """The expressions directly inside one, each with the names bound there."""
    match node:
        case syntax.ContextLiteral():
            for key, value in node.entries:
                yield value, bound
                bound |= {key}
        case syntax.For() | syntax.Quantified():
            for iterator in node.iterators:
                yield iterator.domain, bound
                if iterator.end is not None:
                    yield iterator.end, bound
                bound |= {iterator.name}
            yield node.body, bound | {"partial"} if isinstance(node, syntax.For) else bound
        case syntax.FunctionDefinition():
            yield node.body, bound | set(node.parameters)
        case _:
            for part in _operands(node):
                yield part, bound


def _operands(node: Node) -> tuple[Node, ...]:
    """The parts of an expression that binds no names."""
    match node:
        case syntax.ListLiteral():
            return node.items
        case syntax.Interval():
            return (node.start, node.end)
        case syntax.Negation() | syntax.ComparisonTest():
            return (node.operand,)
        case syntax.Arithmetic():
            return (node.first, *(operand for _, operand in node.steps))
        case syntax.Comparison():
            return (node.left, node.right)
        case syntax.Between():
            return (node.value, node.low, node.high)
        case syntax.InstanceOf() | syntax.Steps():
            return (node.value,)
        case syntax.ExpressionTest():
            return (node.expression,)
        case syntax.In():
            return (node.value, *node.tests)
        case syntax.Logic():
            return node.operands
        case syntax.If():
            return (*(part for branch in node.branches for part in branch), node.otherwise)
        case syntax.Call():
            return node.arguments
        case _:
            return ()
