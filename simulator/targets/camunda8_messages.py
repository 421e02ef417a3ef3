"""How messages find instances in Camunda 8: by the value that a subscription was opened with."""

from collections.abc import Mapping

from simulator.targets.adapt import Adapter
from simulator.targets.adapt_camunda8 import CORRELATION_VARIABLE
from simulator.targets.naming import Names
from simulator.targets.protocol import NotObservable, Start


class Correlations:
    """Remembers what each instance was started with, and gives it a value of its own to be found by."""

    def __init__(self, adapter: Adapter, names: Names) -> None:
        self._adapter = adapter
        self._names = names
        self._variables: dict[str, Mapping[str, object]] = {}
        self._marked = 0

    def mark(self, start: Start) -> dict[str, object]:
        """The variable by which messages find the instance started: its business key, or a number."""
        if not self._adapter.correlated:
            return {}
        self._marked += 1
        value = start.business_key or f"instance-{self._marked}{self._names.suffix}"
        return {CORRELATION_VARIABLE: value}

    def mark_message(self, message: str, key: str) -> dict[str, object]:
        """The same for a message that may start an instance."""
        if not self._adapter.correlated or not self.is_starting(message):
            return {}
        self._marked += 1
        return {CORRELATION_VARIABLE: key or f"instance-{self._marked}{self._names.suffix}"}

    def remember(self, instance: str, variables: Mapping[str, object]) -> None:
        """Note what an instance was started with."""
        self._variables[instance] = variables

    def is_known(self, instance: str) -> bool:
        """Whether the instance was started here before."""
        return instance in self._variables

    def is_starting(self, message: str) -> bool:
        """Whether a start event waits for the message."""
        return message in self._adapter.starting_messages

    def key_of(self, message: str, instance: str) -> str:
        """The key by which a message finds an instance; raises NotObservable where it is not known."""
        variable = self._adapter.correlation_variable(message) or CORRELATION_VARIABLE
        value = self._variables.get(instance, {}).get(variable)
        if value is None:
            raise NotObservable("no-read-endpoints", f"the correlation key of {message!r} for {instance}")
        return str(value)
