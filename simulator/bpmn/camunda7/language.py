"""JUEL and the camunda extension namespace, as a language that models are read in."""

from lxml import etree

from simulator.bpmn.camunda7.names import Beans, Names
from simulator.core.java import class_name
from simulator.expressions.juel import EvaluationFailed, compile_expression, exception_lineage
from simulator.kernel.failures import ModelFailure
from simulator.kernel.state import Execution
from simulator.model.process import Evaluate
from simulator.model.xml import ACTIVITI, BPMN, CAMUNDA

EXTENSIONS = f"{{{BPMN}}}extensionElements"


class Juel:
    """The language of Camunda 7 models; `namespaces` are those its attributes may stand in."""

    __slots__ = ("beans", "namespaces")

    def __init__(self, beans: Beans | None = None, namespaces: tuple[str, ...] = (CAMUNDA, ACTIVITI)) -> None:
        self.beans = beans
        self.namespaces = namespaces

    def expression(self, text: str) -> Evaluate:
        """Compile an attribute's text; raises ExpressionSyntaxError where it is none."""
        compiled = compile_expression(text)
        if compiled.is_literal_text:
            return lambda execution: text
        evaluate, beans = compiled.evaluate, self.beans

        def value(execution: Execution) -> object:
            try:
                return evaluate(Names(execution, beans))
            except EvaluationFailed as failed:
                raise as_failure(failed) from failed

        return value

    def condition(self, text: str) -> Evaluate:
        """Compile a condition: its value is a real Boolean, or evaluating fails."""
        compiled = compile_expression(text)
        evaluate, beans = compiled.evaluate, self.beans

        def holds(execution: Execution) -> bool:
            try:
                value = evaluate(Names(execution, beans))
            except EvaluationFailed as failed:
                raise as_failure(failed) from failed
            if value is True or value is False:
                return value
            raise _no_boolean(text, value)

        return holds

    def attribute(self, element: etree._Element, name: str) -> str | None:
        """An attribute in the first of the namespaces that has it."""
        for namespace in self.namespaces:
            value = element.get(f"{{{namespace}}}{name}")
            if value is not None:
                return value
        return None

    def extension(self, element: etree._Element, name: str) -> etree._Element | None:
        """The first extension element of that name."""
        found = self.extensions(element, name)
        return found[0] if found else None

    def extensions(self, element: etree._Element, name: str) -> list[etree._Element]:
        """All extension elements of that name."""
        holder = element.find(EXTENSIONS)
        if holder is None:
            return []
        wanted = {f"{{{namespace}}}{name}" for namespace in self.namespaces}
        return [child for child in holder if child.tag in wanted]


def as_failure(failed: EvaluationFailed) -> ModelFailure:
    """The model's failure for a failed evaluation, with the exception error events would see."""
    failure = ModelFailure(failed.message, failed.raised.rpartition(".")[2])
    failure.lineage = exception_lineage(failed.cause)
    return failure


def _no_boolean(text: str, value: object) -> ModelFailure:
    """The failure of a condition without a truth (live Camunda 7.24)."""
    if value is None:
        return ModelFailure("condition expression returns null: result is null")
    return ModelFailure(
        f"condition expression returns non-Boolean: result has class {class_name(value)} and not java.lang.Boolean"
    )
