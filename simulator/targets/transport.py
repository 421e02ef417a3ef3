"""How requests reach a target: one protocol for the network and for an application in this process."""

from typing import Protocol

from simulator.targets.protocol import RawAnswer, RawRequest


class Transport(Protocol):
    """Carries one request at a time to a REST root and brings the answer back; raises `Unusable`."""

    url: str

    def send(self, request: RawRequest) -> RawAnswer:
        """Send a request whose path (with its query, if any) is relative to the REST root."""

    def close(self) -> None:
        """Let go of connections."""
