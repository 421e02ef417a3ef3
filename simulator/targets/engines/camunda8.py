"""Camunda 8.6: the broker with its REST API, without authentication, web applications or Elasticsearch."""

import json

from simulator.targets.engines.recipe import CommandLine, Launch, Recipe

HOME = "target/camunda-zeebe-8.6.0"
UNSAFE_NEEDS_LEAVE = 24


def command(launch: Launch) -> CommandLine:
    """Start the broker as its own script does, on loopback, with its data in the run's folder."""
    home = launch.files / HOME
    java: tuple[str, ...] = (
        str(launch.java.executable),
        "-Xmx1g",
        "-XX:+UseSerialGC",
        "-XX:+ExitOnOutOfMemoryError",
    )
    if launch.java.release >= UNSAFE_NEEDS_LEAVE:
        java = (*java, "--sun-misc-unsafe-memory-access=allow")
    here = ("-Dapp.name=broker", f"-Dapp.home={launch.folder}", f"-Dbasedir={launch.folder}")
    class_path = f"{home / 'config'}:{home / 'lib'}/*"
    main = ("-cp", class_path, "io.camunda.application.StandaloneBroker")
    return CommandLine(
        (*java, "-Dapp.name=broker", "-Dfile.encoding=UTF-8", *here, *main), environment(launch)
    )


def environment(launch: Launch) -> dict[str, str]:
    """The broker's settings: five ports, a clock that can be set, and nothing that looks at the disk's size.

    Names: https://docs.camunda.io/docs/8.6/self-managed/zeebe-deployment/configuration/environment-variables/
    """
    rest, grpc, management, command_api, internal_api = map(str, launch.ports)
    return {
        "SPRING_PROFILES_ACTIVE": "broker",
        "SERVER_ADDRESS": "127.0.0.1",
        "SERVER_PORT": rest,
        "MANAGEMENT_SERVER_ADDRESS": "127.0.0.1",
        "MANAGEMENT_SERVER_PORT": management,
        "ZEEBE_BROKER_GATEWAY_ENABLE": "true",
        "ZEEBE_BROKER_GATEWAY_NETWORK_HOST": "127.0.0.1",
        "ZEEBE_BROKER_GATEWAY_NETWORK_PORT": grpc,
        "ZEEBE_BROKER_NETWORK_HOST": "127.0.0.1",
        "ZEEBE_BROKER_NETWORK_COMMANDAPI_PORT": command_api,
        "ZEEBE_BROKER_NETWORK_INTERNALAPI_PORT": internal_api,
        "ZEEBE_BROKER_CLUSTER_INITIALCONTACTPOINTS": f"127.0.0.1:{internal_api}",
        "ZEEBE_BROKER_DATA_DIRECTORY": str(launch.folder / "data"),
        "ZEEBE_BROKER_DATA_DISK_ENABLEMONITORING": "false",
        "ZEEBE_CLOCK_CONTROLLED": "true",
    }


def has_leader(content: bytes) -> bool:
    """Whether the topology shows a leader; commands before that are answered with 503."""
    try:
        topology = json.loads(content)
    except ValueError:
        return False
    return any(
        partition.get("role") == "leader"
        for broker in topology.get("brokers", ())
        for partition in broker.get("partitions", ())
    )


CAMUNDA_8_6 = Recipe(
    names=("camunda8:8.6", "camunda8:8.6.0"),
    product="Camunda 8",
    release="8.6.0",
    licence="Camunda License 1.0: free for non-production use",
    layout={"pom.xml": "camunda8_6/pom.xml"},
    proof=f"{HOME}/lib",
    java_from=21,
    compiled=False,
    megabytes=299,
    starts_in="5 to 10 s",
    ports=5,
    path="/v2",
    probe="/topology",
    ready=has_leader,
    has_job_executor=False,
    command=command,
)
