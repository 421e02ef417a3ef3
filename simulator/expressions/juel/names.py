"""The variables and beans an expression reads."""

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
    parse,
)


def free_names(text: str) -> frozenset[str]:
    """The names an expression looks up; raises ExpressionSyntaxError where the text is malformed."""
    names = set()
    pending: list[Node] = [piece for piece in parse(text) if not isinstance(piece, str)]
    while pending:
        node = pending.pop()
        if isinstance(node, Name):
            names.add(node.name)
        else:
            pending.extend(_parts(node))
    return frozenset(names)


def _parts(node: Node) -> tuple[Node, ...]:
    match node:
        case Literal() | Name():
            return ()
        case Group(inner):
            return (inner,)
        case Unary():
            return (node.operand,)
        case Chain():
            return (node.first, *(operand for _, operand in node.rest))
        case Choice():
            return (*(part for branch in node.branches for part in branch), node.otherwise)
        case Property():
            return (node.base, node.key)
        case MethodCall():
            return (node.base, node.method, *node.arguments)
        case FunctionCall():
            return node.arguments
