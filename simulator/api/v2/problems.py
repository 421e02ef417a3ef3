"""Answers that say what went wrong: problem details (RFC 9457), and the web server's own before a request is read."""

from datetime import UTC, datetime

from simulator.api.frame import JSON, Reply
from simulator.dialects.camunda8_wire import PROBLEM, Fault

PHRASES = {404: "Not Found", 405: "Method Not Allowed", 406: "Not Acceptable", 415: "Unsupported Media Type"}
XML_TYPES = ("/xml", "+xml")
PAGE = (
    "<html><body><h1>Whitelabel Error Page</h1><p>This application has no explicit mapping for /error, so you are "
    "seeing this as a fallback.</p><div id='created'>{time:%a %b %d %H:%M:%S} UTC {time:%Y}</div><div>There was an "
    "unexpected error (type={phrase}, status={status}).</div></body></html>"
)
NODES = (
    "<Map><timestamp>{timestamp}</timestamp><status>{status}</status><error>{phrase}</error>"
    "<path>{path}</path></Map>"
)


class Problem(Exception):
    """A request that is refused, with its status, title and detail."""

    def __init__(self, status: int, title: str, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.title = title
        self.detail = detail

    def reply(self, instance: str) -> Reply:
        """The answer to the request at this path."""
        body = {
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": instance,
        }
        return Reply(self.status, body, PROBLEM)


def bad_request(detail: str) -> Problem:
    """The request can't be read."""
    return Problem(400, "Bad Request", detail)


def invalid(detail: str) -> Problem:
    """The gateway refuses what was read."""
    return Problem(400, "INVALID_ARGUMENT", detail)


def violations(found: list[str]) -> Problem:
    """Everything that is wrong with the fields of a request, as one sentence after the other."""
    return invalid(". ".join(found) + ".")


def faulty(fault: Fault) -> Problem:
    """A failure between gateway and broker."""
    return Problem(fault.status, fault.title, fault.detail)


UNREADABLE = "Failed to read request"
BODY_MISSING = "Required request body is missing"


def plain_error(status: int, path: str, accept: str, allow: str | None = None) -> Reply:
    """What the web server answers before the gateway sees a request, in the first media type asked for.

    JSON, XML and HTML have a body; another type is answered without (live Camunda 8.6.0).
    """
    asked = accept.partition(",")[0].partition(";")[0].strip().lower() or JSON
    time = datetime.now(UTC)
    timestamp = time.isoformat(timespec="milliseconds")
    phrase = PHRASES[status]
    headers = () if allow is None else (("Allow", allow),)
    if "*" in asked or asked == JSON or asked.endswith("+json"):
        body = {"timestamp": timestamp, "status": status, "error": phrase, "path": path}
        return Reply(status, body, JSON if "*" in asked else asked, headers)
    if asked == "text/html":
        page = PAGE.format(time=time, phrase=phrase, status=status)
        return Reply(status, page.encode(), "text/html;charset=UTF-8", headers)
    if asked.endswith(XML_TYPES):
        text = NODES.format(timestamp=timestamp, status=status, phrase=phrase, path=path)
        charset = "" if asked.endswith("+xml") else ";charset=UTF-8"
        return Reply(status, text.encode(), asked + charset, headers)
    return Reply(status, None, headers=headers)
