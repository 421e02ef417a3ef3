"""Asks a server what it is before anything else is asked of it."""

from simulator.core.errors import UserError
from simulator.targets.protocol import Refused, Unusable
from simulator.targets.rest import Rest

HINTS = {
    "camunda7": "is this the root of its REST API? It usually ends in /engine-rest",
    "camunda8": "is this the root of its REST API? It usually ends in /v2",
}


def ask_release(rest: Rest, api: str, text: str) -> str | None:
    """The release that a server says it is, None where it is a Camunda 7 too old to say (before 7.12).

    Raises `Unusable` where it does not answer as the product does.
    """
    try:
        return _camunda7(rest) if api == "camunda7" else _camunda8(rest)
    except Refused as refused:
        status = refused.answer.status
        why = "a login is needed (--user or --bearer)" if status in (401, 403) else HINTS[api]
        raise Unusable(f"it answered with status {status}; {why}", url=rest.url) from None
    except (KeyError, TypeError):
        raise Unusable(f"the answer is none of {api}; {HINTS[api]}", url=rest.url) from None


def _camunda7(rest: Rest) -> str | None:
    try:
        version = rest.get("getRestAPIVersion", "/version")["version"]
    except Refused as refused:
        if refused.answer.status != 404:
            raise
        rest.get("getProcessEngineNames", "/engine")
        return None
    return None if version is None else str(version)


def _camunda8(rest: Rest) -> str:
    return str(rest.get("getTopology", "/topology")["gatewayVersion"])


def need_release(told: str | None, url: str) -> str:
    """The release, which has to be named where the server does not tell it."""
    if told is None:
        raise UserError(
            "the server does not tell its release; name it with `,release=7.9` or the like after the URL",
            url=url,
        )
    return told
