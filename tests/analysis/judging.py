"""What the tests of checks ask: which codes a model gets, and where."""

from simulator.analysis.checking import check_models
from simulator.analysis.finding import Finding
from simulator.analysis.reading import read_model


def findings(
    *contents: bytes, dialect: str = "standard", variables: frozenset[str] | None = None
) -> list[Finding]:
    """The findings of models given together."""
    models = [read_model(content, f"{place}.bpmn") for place, content in enumerate(contents)]
    return check_models(models, [dialect], variables)


def where(
    code: str, *contents: bytes, dialect: str = "standard", variables: frozenset[str] | None = None
) -> list[tuple[str | None, str]]:
    """The elements that get a code, each with its severity, in the order of the file."""
    found = findings(*contents, dialect=dialect, variables=variables)
    return [(each.element, each.severity.value) for each in found if each.code == code]
