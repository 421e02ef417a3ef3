"""The cluster and its clock."""

from simulator.api.frame import Call, Reply, operation
from simulator.api.v2.gateway import Gateway
from simulator.api.v2.kinds import int64
from simulator.api.v2.problems import invalid

PIN = {"timestamp": int64}
HOST, PORT = "127.0.0.1", 26501


@operation("getTopology")
def get_topology(call: Call, gateway: Gateway) -> Reply:
    """One broker that leads its partitions."""
    release = gateway.broker.dialect.release
    count = gateway.wire.partitions
    partitions = [
        {"partitionId": number, "role": "leader", "health": "healthy"} for number in range(1, count + 1)
    ]
    broker = {"nodeId": 0, "host": HOST, "port": PORT, "partitions": partitions, "version": release}
    body = {
        "brokers": [broker],
        "clusterSize": 1,
        "partitionsCount": count,
        "replicationFactor": 1,
        "gatewayVersion": release,
    }
    if gateway.wire.has_searches:
        body["lastCompletedChangeId"] = "-1"
    return gateway.reply(body)


@operation("getStatus")
def get_status(call: Call, gateway: Gateway) -> Reply:
    """It is up."""
    return Reply(204)


@operation("getLicense")
def get_license(call: Call, gateway: Gateway) -> Reply:
    """There is none."""
    body: dict[str, object] = {"validLicense": False, "licenseType": "unknown"}
    if gateway.wire.has_searches:
        body["isCommercial"] = False
    return gateway.reply(body)


@operation("pinClock")
def pin_clock(call: Call, gateway: Gateway) -> Reply:
    """Stop the clock at a moment; what is due by then happens."""
    timestamp = gateway.body(call, PIN).get("timestamp")
    if timestamp is None:
        raise invalid("No timestamp provided.")
    if timestamp < 0:
        raise invalid(f"The value for timestamp is '{timestamp}' but must be not negative.")
    gateway.broker.clock.pin(timestamp)
    gateway.broker.work_off()
    return Reply(204)


@operation("resetClock")
def reset_clock(call: Call, gateway: Gateway) -> Reply:
    """Let the clock run."""
    gateway.broker.clock.reset()
    gateway.broker.work_off()
    return Reply(204)
