"""What a dialect is."""

from dataclasses import dataclass
from typing import Any

from simulator.bpmn.element import Language
from simulator.bpmn.reading import Family
from simulator.model.xml import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One engine's answers: how it reads (`language`, `family`, `limits`) and how it runs (`execution`),
    and, where its releases differ there, how it speaks (`wire`).

    `api` names whose REST API it speaks, and so its contract.
    """

    name: str
    product: str
    api: str
    release: str
    language: Language
    family: Family
    limits: Limits
    execution: Any
    wire: Any = None
