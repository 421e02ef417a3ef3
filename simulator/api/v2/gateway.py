"""The gateway: what stands between a request and the broker, the same for all requests of one form of keys."""

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.api.frame import JSON, Call, Reply
from simulator.api.v2.bodies import read_body, read_optional_body
from simulator.api.v2.kinds import LONG_LOWEST, LONGEST, Kind
from simulator.api.v2.problems import Problem, bad_request, faulty, invalid
from simulator.dialects.camunda8_wire import Wire
from simulator.engine.camunda8.broker import Broker

PARTITION_BITS = 51
DEFAULT_TENANT = "<default>"
LONGEST_TENANT = 31
TENANT_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.")


class Gateway:
    """A broker, how its release speaks, and how keys are shown: `show_key` makes text of them or leaves them."""

    __slots__ = ("broker", "media_type", "show_key", "strict", "wire")

    def __init__(self, broker: Broker, wire: Wire, *, text_keys: bool, media_type: str) -> None:
        self.broker = broker
        self.wire = wire
        self.strict = wire.strict
        self.show_key: Any = str if text_keys else int
        self.media_type = media_type

    def reply(self, body: Any) -> Reply:
        """The answer 200 with a body."""
        return Reply(200, body, self.media_type)

    def body(self, call: Call, fields: Mapping[str, Kind]) -> dict[str, Any]:
        """The fields of a body that has to be there; raises `Problem`."""
        return read_body(call, fields, strict=self.strict)

    def optional_body(self, call: Call, fields: Mapping[str, Kind]) -> dict[str, Any]:
        """The fields of a body that may be missing; raises `Problem`."""
        return read_optional_body(call, fields, strict=self.strict)

    def path_key(self, call: Call, name: str) -> int:
        """The key in the path, of a partition that there is; raises `Problem`."""
        found = searched_key(call, name)
        if not 0 < found >> PARTITION_BITS <= self.wire.partitions:
            raise faulty(self.wire.unreachable)
        return found

    def tenant(self, given: str | None, request: str) -> str:
        """The tenant of a request; raises `Problem` where it may not be given, or has to be."""
        if not self.wire.multi_tenancy:
            if given is None or not given.strip() or given == DEFAULT_TENANT:
                return DEFAULT_TENANT
            raise invalid(
                f"Expected to handle request {request} with tenant identifier '{given}', "
                "but multi-tenancy is disabled"
            )
        return self._tenant_among(given, request)

    def _tenant_among(self, given: str | None, request: str) -> str:
        if given is None or not given.strip():
            raise invalid(self._no_tenant(given, request))
        what = f"Expected to handle request {request} with tenant identifier '{given}', but "
        if given != DEFAULT_TENANT and len(given) > LONGEST_TENANT:
            raise invalid(what + "tenant identifier is longer than 31 characters.")
        if given != DEFAULT_TENANT and not TENANT_SIGNS.issuperset(given):
            raise invalid(what + "tenant identifier contains illegal characters.")
        return given

    def _no_tenant(self, given: str | None, request: str) -> str:
        shown = "null" if given is None else given
        if self.strict:
            return (
                f"Expected to handle request {request} with multi-tenancy enabled, "
                "but no tenant identifier was provided."
            )
        return (
            f"Expected to handle request {request} with tenant identifier '{shown}', "
            "but no tenant identifier was provided."
        )

    def tenants(self, given: Iterable[str] | None) -> tuple[str, ...]:
        """The tenants whose jobs are asked for; without multi-tenancy whatever is named means the one there is."""
        if not self.wire.multi_tenancy:
            return (DEFAULT_TENANT,)
        return tuple(given or self.wire.tenants)


def parse_key(text: Any) -> int | None:
    """A key from its digits, None for what is none."""
    digits = text[1:] if text[:1] in ("-", "+") else text
    if not (digits.isascii() and digits.isdigit()):
        return None
    found = int(text)
    return found if LONG_LOWEST <= found <= LONGEST else None


def not_a_key(value: str, name: str) -> str:
    """What is said of a text that should have been a key."""
    return (
        f"The provided {name} '{value}' is not a valid key. Expected a numeric value. "
        "Did you pass an entity id instead of an entity key?"
    )


def searched_key(call: Call, name: str) -> int:
    """The key in the path, wherever it is from; hexadecimal and blanks around are read. Raises `Problem`."""
    text = call.path[name]
    stripped = "".join(text.split())
    found = parse_key(stripped)
    if found is None:
        found = _hexadecimal(stripped)
    if found is None:
        raise bad_request(f"Failed to convert '{name}' with value: '{text}'")
    return found


def _hexadecimal(text: str) -> int | None:
    if not text.lower().startswith(("0x", "-0x")) or "_" in text:
        return None
    try:
        return int(text, 16)
    except ValueError:
        return None


def reference_violation(body: dict[str, Any]) -> list[str]:
    """What is wrong with a request's `operationReference`."""
    reference = body.get("operationReference")
    if reference is None or reference > 0:
        return []
    return [f"The value for operationReference is '{reference}' but must be > 0"]


__all__ = ["JSON", "Gateway", "Problem", "parse_key", "reference_violation", "searched_key"]
