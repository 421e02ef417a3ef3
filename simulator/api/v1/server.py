"""The v1 API as a whole: routing by the contract, handlers by operationId, errors in their wording."""

from collections.abc import Mapping

from simulator.api.frame import Call, Handler, Later, Reply
from simulator.api.v1.errors import ANSWERED, as_rest_error
from simulator.api.v1.rest_error import RestError
from simulator.contract.model import Contract, Operation
from simulator.contract.router import Match, MethodNotAllowed, Router
from simulator.core.discovery import functions_marked
from simulator.engine.process_engine import ProcessEngine

ENGINE_NAME = "default"
WITHOUT_ENGINE = ("getVersion",)
"""What answers whatever engine the path names."""
ANYTHING = "*/*"
WELCOME = (ANYTHING, "application/json")
NOT_CACHED = (("Cache-Control", "no-cache"),)


def handlers() -> Mapping[str, Handler]:
    """Every handler of this API by its operationId."""
    return functions_marked("simulator.api.v1.handlers", "operation")


class Camunda7Api:
    """The REST API of an engine of the Camunda 7 family."""

    root = "/engine-rest"

    def __init__(self, contract: Contract, engine: ProcessEngine) -> None:
        self.contract = contract
        self.engine = engine
        self.handlers = handlers()
        self.router = Router(contract.operations.values())

    def answer(
        self, method: str, path: str, query: str, headers: dict[str, str], body: bytes, base: str
    ) -> Reply | Later:
        """Answer a request; `path` is raw, without the root."""
        try:
            reply: Reply | Later = self._call(method, path, query, headers, body, base)
        except RestError as error:
            reply = error.reply()
        except ANSWERED as failure:
            reply = as_rest_error(failure).reply()
        if method == "GET" and isinstance(reply, Reply) and not path.endswith("xml"):
            return Reply(reply.status, reply.body, reply.media_type, reply.headers + NOT_CACHED)
        return reply

    def _call(
        self, method: str, path: str, query: str, headers: dict[str, str], body: bytes, base: str
    ) -> Reply | Later:
        name = ENGINE_NAME
        if path.startswith("/engine/"):
            name, _, rest = path[len("/engine/") :].partition("/")
            if rest:
                path, base = "/" + rest, f"{base}/engine/{name}"
                if path.startswith("/engine"):
                    raise RestError(404, "NotFoundException", "HTTP 404 Not Found")
        routing = self.router.match(method, path.removesuffix("/"))
        if isinstance(routing, MethodNotAllowed):
            raise RestError(405, "NotAllowedException", "HTTP 405 Method Not Allowed")
        if not isinstance(routing, Match):
            raise RestError(404, "NotFoundException", "HTTP 404 Not Found")
        if name not in (ENGINE_NAME, "") and routing.operation.id not in WITHOUT_ENGINE:
            raise RestError(400, "InvalidRequestException", "No process engine available")
        if headers.get("accept", ANYTHING) not in WELCOME and not self._acceptable(
            routing.operation, headers
        ):
            raise RestError(406, "NotAcceptableException", "HTTP 406 Not Acceptable")
        call = Call(
            operation=routing.operation,
            path=routing.path_parameters,
            query_text=query,
            headers=headers,
            body=body,
            base=base,
        )
        return self.handlers[routing.operation.id](call, self.engine)

    def _acceptable(self, operation: Operation, headers: dict[str, str]) -> bool:
        """Whether the request takes one of the media types of the operation's good answers."""
        accepted = {part.partition(";")[0].strip().lower() for part in headers["accept"].split(",")}
        produced = {
            kind
            for status, response in operation.responses.items()
            if status.startswith("2")
            for kind in response.content
        }
        wanted = {each for kind in produced for each in (kind, kind.partition("/")[0] + "/*", ANYTHING)}
        return not produced or bool(accepted & wanted)

    def advance(self, milliseconds: int) -> None:
        """Let time pass, and execute the jobs then due."""
        self.engine.clock.advance(milliseconds)
        self.engine.jobs.execute_due()

    def work_off(self) -> None:
        """Let the job executor, where it is on, execute what is due."""
        if self.engine.job_executor:
            self.engine.jobs.execute_due()
