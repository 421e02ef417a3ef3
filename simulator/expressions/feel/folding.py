"""From a chain of operands and operators to a tree, by precedence."""

from typing import NamedTuple

from simulator.expressions.feel import syntax
from simulator.expressions.feel.lexis import ADD, AND, COMPARE, MULTIPLY, OR, POWER
from simulator.expressions.feel.syntax import Node


class Term(NamedTuple):
    """An operator and what follows it; the operand of `between` and the like is their whole node."""

    operator: str
    level: int
    operand: Node


HOLE = syntax.Literal(None)
"""Stands in the operand's place of `between`, `instance of` and `in` until the chain is folded."""


def joined(operator: str, operands: list[Node]) -> Node:
    """One test, or several joined."""
    return operands[0] if len(operands) == 1 else syntax.Logic(operator, tuple(operands), tests=True)


def _compared(left: Node, term: Term) -> Node:
    match term.operand:
        case syntax.Between(_, low, high) if term.operator == "between":
            return syntax.Between(left, low, high)
        case syntax.InstanceOf(_, type_name) if term.operator == "instance":
            return syntax.InstanceOf(left, type_name)
        case syntax.In(_, tests) if term.operator in ("in", "instance"):
            return syntax.In(left, tests)
    return syntax.Comparison(term.operator, left, term.operand)


def _fold_level(first: Node, terms: list[Term], level: int) -> tuple[Node, list[Term]]:
    """Join the operands around operators of one level; the operators below it stay."""
    left: list[Term] = [Term("", -1, first)]
    run: list[Term] = []
    for term in [*terms, Term("", -1, HOLE)]:
        if term.level == level:
            run.append(term)
            continue
        if run:
            last = left.pop()
            left.append(last._replace(operand=_join(last.operand, run, level)))
            run = []
        left.append(term)
    return left[0].operand, left[1:-1]


def _join(first: Node, run: list[Term], level: int) -> Node:
    if level == COMPARE:
        return _compared(first, run[0])
    if level in (AND, OR):
        return syntax.Logic(run[0].operator, (first, *(term.operand for term in run)))
    return syntax.Arithmetic(first, tuple((term.operator, term.operand) for term in run))


def fold(first: Node, terms: list[Term]) -> Node:
    """The tree of a chain, by precedence."""
    for level in (POWER, MULTIPLY, ADD, COMPARE, AND, OR):
        if not terms:
            break
        first, terms = _fold_level(first, terms, level)
    return first
