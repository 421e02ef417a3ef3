"""The v2 API as a whole: routing by the contract, what is checked before a handler, errors in their wording."""

from collections.abc import Mapping

from simulator.api.frame import JSON, Call, Handler, Later, Reply
from simulator.api.multipart import find_boundary
from simulator.api.v2.further import FURTHER
from simulator.api.v2.gateway import Gateway, searched_key
from simulator.api.v2.negotiating import choose
from simulator.api.v2.problems import Problem, plain_error
from simulator.api.v2.wording import as_problem
from simulator.contract.model import Contract, Operation
from simulator.contract.router import Match, MethodNotAllowed, Router
from simulator.core.discovery import functions_marked
from simulator.core.errors import Rejection
from simulator.dialects.camunda8_wire import PROBLEM, Wire
from simulator.engine.camunda8.broker import Broker

MULTIPART = "multipart/form-data"
XML = "text/xml"
BROKEN_FORM = (
    b'{ "type": "about:blank", "status": 500, "title": "Filter issue", "detail": "Request processing failed: '
    b'org.springframework.web.multipart.MultipartException: Failed to parse multipart servlet request", "instance": " '
)


def handlers() -> Mapping[str, Handler]:
    """Every handler of this API by its operationId."""
    return functions_marked("simulator.api.v2.handlers", "operation")


class Camunda8Api:
    """The REST API of a Camunda 8 of one release."""

    root = "/v2"

    def __init__(self, contract: Contract, broker: Broker) -> None:
        wire: Wire = broker.dialect.wire
        self.contract = contract
        self.broker = broker
        self.wire = wire
        self.handlers = handlers()
        further = [each for each in FURTHER if each.id not in contract.operations and each.is_of(wire)]
        operations: list[Operation] = [*contract.operations.values(), *(each.operation for each in further)]
        self.router = Router(operations)
        self.offered = {each.id: self._offered(each) for each in operations}
        self.taken = {each.id: _taken(each, wire) for each in operations}
        self.gateways = {
            media_type: Gateway(broker, wire, text_keys=text, media_type=media_type)
            for media_type, text in self._forms().items()
        }

    def _forms(self) -> dict[str, bool]:
        default = self.wire.key_forms[JSON]
        return {**self.wire.key_forms, PROBLEM: default, XML: default}

    def _offered(self, operation: Operation) -> tuple[str, ...]:
        if operation.id == "getProcessDefinitionXml":
            return (XML, PROBLEM)
        return (*self.wire.key_forms, PROBLEM)

    def answer(
        self, method: str, path: str, query: str, headers: dict[str, str], body: bytes, base: str
    ) -> Reply | Later:
        """Answer a request; `path` is raw, without the root."""
        routing = self.router.match(method, path)
        if not isinstance(routing, Match):
            return self._unrouted(routing, method, path, headers)
        operation = routing.operation
        identity = operation.id
        accept = headers.get("accept", "")
        call = Call(
            operation=operation,
            path=routing.path_parameters,
            query_text=query,
            headers=headers,
            body=body,
            base=base,
        )
        taken = self.taken[identity]
        if taken is not None and not _is_readable(call, *taken):
            return self._unreadable(call, path, accept)
        chosen = choose(accept, self.offered[identity])
        if chosen is None:
            return plain_error(406, self.root + path, accept)
        try:
            for name in routing.path_parameters:
                searched_key(call, name)
            return self.handlers[identity](call, self.gateways[chosen])
        except Problem as problem:
            return problem.reply(self.root + path)
        except Rejection as rejection:
            return as_problem(rejection, identity, self.wire).reply(self.root + path)

    def _unreadable(self, call: Call, path: str, accept: str) -> Reply:
        if call.media_type == MULTIPART and find_boundary(call) is None:
            return Reply(
                500,
                BROKEN_FORM + (self.root + path).encode() + b'" }',
                f"{PROBLEM};charset=ISO-8859-1",
            )
        return plain_error(415, self.root + path, accept)

    def _unrouted(self, routing: object, method: str, path: str, headers: Mapping[str, str]) -> Reply | Later:
        where = self.root if path == "/" else self.root + path
        accept = headers.get("accept", "")
        if not isinstance(routing, MethodNotAllowed):
            return plain_error(404, where, accept)
        if method == "HEAD" and "GET" in routing.allowed:
            reply = self.answer("GET", path, "", dict(headers), b"", "")
            return Reply(reply.status, b"", reply.media_type) if isinstance(reply, Reply) else reply
        if method == "OPTIONS":
            return Reply(200, None, headers=(("Allow", ",".join((*routing.allowed, "OPTIONS"))),))
        return plain_error(405, where, accept, ", ".join(routing.allowed))

    def advance(self, milliseconds: int) -> None:
        """Let time pass, and do what is due then."""
        self.broker.clock.advance(milliseconds)
        self.broker.work_off()

    def work_off(self) -> None:
        """Fire the timers that are due."""
        self.broker.work_off()


def _taken(operation: Operation, wire: Wire) -> tuple[tuple[str, ...], bool] | None:
    """The media types of bodies an operation reads, and whether there has to be one; None where it reads none."""
    if operation.body is None:
        return None
    if operation.id == "createDeployment":
        return (MULTIPART,), True
    needed = operation.body.required or (operation.id == "resolveIncident" and wire.resolution_needs_type)
    return tuple(wire.key_forms), needed


def _is_readable(call: Call, types: tuple[str, ...], needed: bool) -> bool:
    media_type = call.media_type
    if media_type in types:
        return media_type != MULTIPART or find_boundary(call) is not None
    if media_type:
        return False
    return not needed and not call.body
