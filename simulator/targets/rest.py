"""JSON calls over a transport: what went well comes back decoded, what did not comes back as `Refused`."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

import msgspec

from simulator.contract.forms import Form, encode_multipart
from simulator.targets.protocol import RawAnswer, RawRequest, Refused, Unusable
from simulator.targets.transport import Transport

JSON = {"Content-Type": "application/json"}
SHOWN = 200


def path(*segments: str) -> str:
    """Join segments to a path, each of them quoted."""
    return "".join("/" + quote(segment, safe="") for segment in segments)


class Rest:
    """Calls operations by their `operationId`, at paths relative to the REST root of the transport."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport

    @property
    def url(self) -> str:
        """The REST root."""
        return self.transport.url

    def get(self, operation: str, where: str, query: Mapping[str, object] | None = None) -> Any:
        """Read; answers the decoded JSON."""
        return self._call(operation, RawRequest(method="GET", path=where + _query(query)))

    def post(
        self, operation: str, where: str, body: object, query: Mapping[str, object] | None = None
    ) -> Any:
        """Post JSON; answers the decoded JSON, or None where the answer is empty."""
        return self.with_body(operation, "POST", where + _query(query), body)

    def with_body(self, operation: str, method: str, where: str, body: object) -> Any:
        """Send JSON with any method; answers the decoded JSON, or None where the answer is empty."""
        content = msgspec.json.encode(body)
        return self._call(operation, RawRequest(method=method, path=where, headers=JSON, content=content))

    def delete(self, operation: str, where: str, query: Mapping[str, object] | None = None) -> Any:
        """Delete."""
        return self._call(operation, RawRequest(method="DELETE", path=where + _query(query)))

    def upload(self, operation: str, where: str, form: Form) -> Any:
        """Post a form of several parts."""
        media_type, content = encode_multipart(form)
        request = RawRequest(method="POST", path=where, headers={"Content-Type": media_type}, content=content)
        return self._call(operation, request)

    def _call(self, operation: str, request: RawRequest) -> Any:
        answer = self.transport.send(request)
        body = self._decode(request, answer)
        if not 200 <= answer.status < 300:
            raise Refused(operation, answer, body)
        return body

    def _decode(self, request: RawRequest, answer: RawAnswer) -> Any:
        media_type = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type in ("text/html", "application/xhtml+xml"):
            raise Unusable(f"{self._came(request, answer)} an HTML page, no REST answer", url=self.url)
        if not answer.content:
            return None
        try:
            return msgspec.json.decode(answer.content)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            text = answer.content.decode("utf-8", "replace")
            if answer.status >= 400:
                return text
            came = f"{self._came(request, answer)} no JSON ({error}): {text[:SHOWN]}"
            raise Unusable(came, url=self.url) from error

    @staticmethod
    def _came(request: RawRequest, answer: RawAnswer) -> str:
        return f"{request.method} {request.path} was answered with status {answer.status} and"


def _query(query: Mapping[str, object] | None) -> str:
    if not query:
        return ""
    shown = {name: _shown(value) for name, value in query.items() if value is not None}
    return "?" + urlencode(shown) if shown else ""


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
