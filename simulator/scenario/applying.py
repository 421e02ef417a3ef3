"""Whether a case applies to a target, and why not."""

from simulator.scenario.case import Case
from simulator.scenario.stages import Stage


def why_not(case: Case, stage: Stage) -> str | None:
    """The skip reason (a key of `SKIP_REASONS`) where the case does not apply to the target."""
    if case.only and not any(selector.names(stage.product) for selector in case.only):
        return "not-this-dialect"
    if case.only and not any(selector.holds(stage.product, stage.release) for selector in case.only):
        return "not-this-release"
    if case.destructive and not stage.settings.get("destructive", False):
        return "destructive"
    for name, is_on in case.settings.items():
        if stage.settings.get(name, False) != is_on:
            return "feature-off" if is_on else "feature-on"
    return None
