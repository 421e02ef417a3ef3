"""Why a CMMN file can't be deployed."""

from dataclasses import dataclass

from simulator.core.errors import Rejection


@dataclass(eq=False)
class CaseUnreadable(Rejection):
    """A file can't be read: it does not keep to the schema (`schema`), or a definition in it makes no sense."""

    schema: bool = False
