"""What reaches waiting process instances from outside: messages and signals."""

from typing import Any

from simulator.api.frame import Call, Reply, operation
from simulator.api.v2.creation_body import NULL_TEXT
from simulator.api.v2.gateway import Gateway
from simulator.api.v2.kinds import document, int64, text
from simulator.api.v2.problems import bad_request, invalid

PUBLICATION = {
    "name": text,
    "correlationKey": text,
    "timeToLive": int64,
    "messageId": text,
    "variables": document,
    "tenantId": text,
}
CORRELATION = {"name": text, "correlationKey": text, "variables": document, "tenantId": text}
SIGNAL = {"signalName": text, "variables": document, "tenantId": text}


@operation("publishMessage")
def publish_message(call: Call, gateway: Gateway) -> Reply:
    """Publish a message, to be kept for its time to live."""
    body = gateway.body(call, PUBLICATION)
    tenant = gateway.tenant(body.get("tenantId"), "Publish Message")
    if not (body.get("name") or "").strip():
        raise invalid("No name provided.")
    _ensure_texts(body, gateway, "correlationKey", "messageId")
    key = gateway.broker.messages.publish(
        body["name"],
        body.get("correlationKey") or "",
        body.get("variables") or {},
        tenant,
        time_to_live=body.get("timeToLive") or 0,
        message_id=body.get("messageId") or "",
    )
    return gateway.reply({"messageKey": gateway.show_key(key), "tenantId": tenant})


@operation("correlateMessage")
def correlate_message(call: Call, gateway: Gateway) -> Reply:
    """Correlate a message at once."""
    body = gateway.body(call, CORRELATION)
    tenant = gateway.tenant(body.get("tenantId"), "Correlate Message")
    if not (body.get("name") or "").strip():
        raise invalid("No messageName provided.")
    _ensure_texts(body, gateway, "correlationKey")
    message, instance = gateway.broker.messages.correlate(
        body["name"], body.get("correlationKey") or "", body.get("variables") or {}, tenant
    )
    key = gateway.show_key
    return gateway.reply(
        {"messageKey": key(message), "processInstanceKey": key(instance), "tenantId": tenant}
    )


@operation("broadcastSignal")
def broadcast_signal(call: Call, gateway: Gateway) -> Reply:
    """Broadcast a signal; an empty name is one too."""
    body = gateway.body(call, SIGNAL)
    tenant = gateway.tenant(body.get("tenantId"), "Broadcast Signal")
    name = body.get("signalName")
    if name is None:
        raise invalid("No signalName provided.")
    key = gateway.broker.signal(name, body.get("variables") or {}, tenant)
    return gateway.reply({"signalKey": gateway.show_key(key), "tenantId": tenant})


def _ensure_texts(body: dict[str, Any], gateway: Gateway, *names: str) -> None:
    if gateway.wire.broken_by_null and any(name in body and body[name] is None for name in names):
        raise bad_request(NULL_TEXT)
