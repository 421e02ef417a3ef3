"""The transport over the network, with an explanation for every way in which a server does not answer."""

import base64
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import httpx

from simulator.core.errors import UserError
from simulator.targets.protocol import RawAnswer, RawRequest, Unusable

NOT_PASSED_ON = frozenset({"content-encoding", "transfer-encoding", "content-length"})
"""Headers about the bytes on the wire, which the client has already undone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """How to talk to a server: login (`user` is `name:password`), certificate, headers, seconds to wait."""

    user: str | None = None
    bearer: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    timeout: float = 30.0
    cacert: Path | None = None

    def __post_init__(self) -> None:
        if self.user is not None and self.bearer is not None:
            raise UserError("expected one login, came a user and a bearer token")
        if self.user is not None and ":" not in self.user:
            raise UserError("expected a user as name:password, came no colon")
        if self.timeout <= 0:
            raise UserError(f"expected a time-out above 0 seconds, came {self.timeout:g}")

    def request_headers(self) -> dict[str, str]:
        """The headers that every request carries."""
        login = {}
        if self.user is not None:
            login["Authorization"] = "Basic " + base64.b64encode(self.user.encode()).decode("ascii")
        if self.bearer is not None:
            login["Authorization"] = f"Bearer {self.bearer}"
        return {"Accept": "application/json", **login, **self.headers}


class HttpTransport:
    """Sends requests to a URL over kept connections; redirects are not followed."""

    def __init__(self, url: str, access: Access) -> None:
        self.url = url.rstrip("/")
        self._timeout = access.timeout
        self._client = httpx.Client(
            headers=access.request_headers(), timeout=access.timeout, verify=_trust(access.cacert)
        )

    def send(self, request: RawRequest) -> RawAnswer:
        """Send a request; raises `Unusable` with the URL where no answer comes."""
        url = self.url + request.path
        try:
            answer = self._client.request(
                request.method, url, content=request.content or None, headers=dict(request.headers)
            )
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            raise Unusable(self._explain(error), url=self.url) from error
        headers = {
            name.lower(): value for name, value in answer.headers.items() if name.lower() not in NOT_PASSED_ON
        }
        return RawAnswer(answer.status_code, headers, answer.content)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _explain(self, error: Exception) -> str:
        certificate = _certificate_error(error)
        if certificate is not None:
            return f"its certificate is not trusted ({certificate}); name its authority with --cacert"
        match error:
            case httpx.ConnectTimeout():
                return f"no connection within {self._timeout:g} s"
            case httpx.TimeoutException():
                return f"no answer within {self._timeout:g} s; raise --timeout if the server is slow"
            case httpx.ConnectError():
                return f"no connection ({error}); is the engine running there?"
            case httpx.InvalidURL() | httpx.UnsupportedProtocol() | UnicodeError():
                return f"not a URL that can be asked ({error})"
            case _:
                return f"the connection broke ({type(error).__name__}: {error})"


@cache
def _trust(cacert: Path | None) -> ssl.SSLContext:
    if cacert is None:
        return ssl.create_default_context()
    try:
        return ssl.create_default_context(cafile=str(cacert))
    except (OSError, ssl.SSLError) as error:
        raise UserError(f"expected certificates in PEM form: {error}", file=cacert) from error


def _certificate_error(error: BaseException) -> str | None:
    found: BaseException | None = error
    while found is not None:
        if isinstance(found, ssl.SSLCertVerificationError):
            return found.verify_message
        if "CERTIFICATE_VERIFY_FAILED" in str(found):
            return str(found)
        found = found.__cause__ or found.__context__
    return None
