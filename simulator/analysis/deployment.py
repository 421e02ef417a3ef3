"""What a dialect's own reader says of a model: what its engine would refuse, and what this simulator does not run."""

from collections.abc import Iterator

from simulator.analysis.finding import Found, Rule, Severity
from simulator.analysis.reading import Model
from simulator.bpmn.element import Problem, Reading
from simulator.bpmn.reading import read_definitions
from simulator.dialects.dialect import Dialect
from simulator.dialects.finding import DIALECTS
from simulator.expressions import feel, juel
from simulator.model.xml import BPMN, line_of

REFUSED = Rule(
    code="BPMN-DEPLOY-001",
    severity=Severity.ERROR,
    clause="live engine of the dialect",
    meaning="The dialect's engine refuses to deploy the model, in its own words.",
)
WARNED = Rule(
    code="BPMN-DEPLOY-002",
    severity=Severity.WARNING,
    clause="live engine of the dialect",
    meaning="The dialect's engine deploys the model with a warning, and ignores what it names.",
)
MALFORMED = Rule(
    code="BPMN-DEPLOY-003",
    severity=Severity.ERROR,
    clause="BPMN 2.0.2, 8.4.6",
    meaning="An expression does not parse in the dialect's language.",
)
SKIPPED = Rule(
    code="BPMN-DEPLOY-004",
    severity=Severity.INFO,
    clause="BPMN 2.0.2, 10.2.1",
    meaning="The process is not marked as executable, so an engine makes no definition of it.",
)
NOT_RUN = Rule(
    code="BPMN-SIM-001",
    severity=Severity.WARNING,
    clause="docs/checks.md",
    meaning="The dialect's engine runs this, and this simulator does not.",
)
READ_AS = {"operaton": "camunda7"}
"""Forks without a dialect of their own are read as the engine they come from."""


def find_reader(dialect: str) -> Dialect | None:
    """The dialect that reads models as an engine does; None for the bare standard."""
    found = DIALECTS.get(dialect) or DIALECTS.get(dialect.removesuffix(".0"))
    return found or DIALECTS.get(READ_AS.get(dialect, ""))


def read_as_engine(model: Model, dialect: Dialect) -> Iterator[tuple[Rule, Found]]:
    """Read a model as a dialect's engine would at deployment, and give each problem as a finding."""
    reading = Reading(dialect.language)
    try:
        read_definitions(model.root, reading, dialect.family)
    except (juel.ExpressionSyntaxError, feel.ExpressionSyntaxError) as error:
        yield MALFORMED, Found(None, 0, str(error))
        return
    for problem in reading.problems:
        yield _rule(problem), Found(problem.element, problem.line, problem.message)
    for element in model.root.iterfind(f"{{{BPMN}}}process"):
        if (element.get("isExecutable") or "").strip().lower() != "true":
            text = f"process '{element.get('id')}' is not executable, so it is not deployed"
            yield SKIPPED, Found(element.get("id"), line_of(element), text)


def _rule(problem: Problem) -> Rule:
    if problem.refused:
        return NOT_RUN
    return WARNED if problem.warning else REFUSED
