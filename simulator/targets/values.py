"""Values of variables with a type of their own, beside plain Python values."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TypedValue:
    """A variable as Camunda 7 writes it: the type's name, the value in that type's form, its `valueInfo`."""

    type: str
    value: object
    value_info: Mapping[str, object] = field(default_factory=dict)
