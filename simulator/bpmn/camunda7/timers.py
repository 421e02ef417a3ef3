"""When Camunda 7's timers fire, and fire again."""

from collections.abc import Mapping
from typing import Any

from simulator.core import iso8601
from simulator.core.java import Date, java_text
from simulator.kernel.events import WorkOpened
from simulator.kernel.executions.timers import Scope
from simulator.kernel.failures import ModelFailure
from simulator.kernel.run import Run
from simulator.kernel.state import Execution
from simulator.model.process import Node, Timer
