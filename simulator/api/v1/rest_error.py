"""An answer that is an error, as the Camunda 7 family writes it."""

from simulator.api.frame import Reply


class RestError(Exception):
    """An error body `{type, message, code}` with its status; `more` are further fields of the body."""

    def __init__(
        self,
        status: int,
        kind: str,
        message: str | None,
        code: int | None = None,
        more: dict[str, object] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.kind = kind
        self.message = message
        self.code = code
        self.more = more or {}

    def reply(self) -> Reply:
        """The answer."""
        body = {"type": self.kind, "message": self.message, "code": self.code, **self.more}
        return Reply(self.status, body)


def invalid(message: str, status: int = 400) -> RestError:
    """The REST layer itself refuses."""
    return RestError(status, "InvalidRequestException", message)
