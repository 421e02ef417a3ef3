"""The releases of Camunda 8 whose FEEL differs."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class FeelRelease:
    """What a release of Camunda 8 answers otherwise than its neighbours."""

    name: str
    java_temporal_text: bool
    """Date-times and durations become variables as Java prints them (`PT36H`, `10:30Z`)."""
    escapes_in_sequence: bool
    r"""`\\` in a string literal stays as written and `\s` is a blank."""
    zero_position_fails: bool
    """`sublist`, `insert before` and `remove` refuse position 0."""
    index_of_finds_contexts: bool
    failed_conjunction_of_tests_is_null: bool
    """`5 in (> 6 and < 9)` is null, not false."""
    missing_functions: frozenset[str]


CAMUNDA_8_8 = FeelRelease(
    name="8.8",
    java_temporal_text=False,
    escapes_in_sequence=False,
    zero_position_fails=True,
    index_of_finds_contexts=True,
    failed_conjunction_of_tests_is_null=False,
    missing_functions=frozenset(),
)
"""As a live Camunda 8.8.21 answers (its FEEL library is 1.19.5)."""

CAMUNDA_8_6 = replace(
    CAMUNDA_8_8,
    name="8.6",
    java_temporal_text=True,
    escapes_in_sequence=True,
    zero_position_fails=False,
    index_of_finds_contexts=False,
    failed_conjunction_of_tests_is_null=True,
    missing_functions=frozenset({"is blank", "partition", "fromAi"}),
)
"""As a live Camunda 8.6.0 answers (its FEEL library is 1.18.0)."""
