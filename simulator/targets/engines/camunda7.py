"""Camunda 7 and Operaton: the Spring Boot starter with its REST API, H2 in memory, on loopback."""

from collections.abc import Mapping

from simulator.targets.engines.recipe import CommandLine, Launch, Recipe

COMPILED = "target/classes/tck/EngineApplication.class"
OPEN_PACKAGES = ("lang", "util", "lang.reflect", "io", "net")


def layout(folder: str) -> Mapping[str, str]:
    """Lay a recipe's three files out as a Maven project."""
    return {
        "pom.xml": f"{folder}/pom.xml",
        "src/main/resources/application.yaml": f"{folder}/application.yaml",
        "src/main/java/tck/EngineApplication.java": "EngineApplication.java",
    }


def application(launch: Launch, prefix: str) -> tuple[str, ...]:
    """The class path, the class and its settings; `prefix` is where the product's settings live."""
    class_path = f"{launch.files / 'target/classes'}:{launch.files / 'target/lib'}/*"
    executor = f"--{prefix}.job-execution.enabled={str(launch.job_executor).lower()}"
    return ("-cp", class_path, "tck.EngineApplication", f"--server.port={launch.ports[0]}", executor)


def camunda_command(launch: Launch) -> CommandLine:
    """Start Camunda 7.24."""
    return CommandLine((str(launch.java.executable), "-Xmx768m", *application(launch, "camunda.bpm")))


def operaton_command(launch: Launch) -> CommandLine:
    """Start Operaton, whose settings have another prefix."""
    return CommandLine((str(launch.java.executable), "-Xmx768m", *application(launch, "operaton.bpm")))


def camunda_7_9_command(launch: Launch) -> CommandLine:
    """Start Camunda 7.9, whose Spring looks into packages that Java has closed since, and serves `/rest`."""
    opened = tuple(f"--add-opens=java.base/java.{package}=ALL-UNNAMED" for package in OPEN_PACKAGES)
    path = "--spring.jersey.application-path=engine-rest"
    java = str(launch.java.executable)
    return CommandLine((java, "-Xmx768m", *opened, *application(launch, "camunda.bpm"), path))


def answers(content: bytes) -> bool:
    """Any 200 answer will do: the REST API is deployed after the engine is built."""
    return bool(content)


CAMUNDA_7_24 = Recipe(
    names=("camunda7", "camunda7:7.24", "camunda7:7.24.0"),
    product="Camunda 7",
    release="7.24.0",
    licence="Apache-2.0",
    layout=layout("camunda7_24"),
    proof=COMPILED,
    java_from=17,
    compiled=True,
    megabytes=54,
    starts_in="5 to 12 s",
    path="/engine-rest",
    probe="/version",
    ready=answers,
    has_job_executor=True,
    command=camunda_command,
)

CAMUNDA_7_9 = Recipe(
    names=("camunda7:7.9", "camunda7:7.9.0"),
    product="Camunda 7",
    release="7.9.0",
    licence="Apache-2.0",
    layout=layout("camunda7_9"),
    proof=COMPILED,
    java_from=17,
    compiled=True,
    megabytes=46,
    starts_in="5 to 10 s",
    path="/engine-rest",
    probe="/engine",
    ready=answers,
    has_job_executor=True,
    command=camunda_7_9_command,
)

OPERATON = Recipe(
    names=("operaton", "operaton:1.0", "operaton:1.0.3"),
    product="Operaton",
    release="1.0.3",
    licence="Apache-2.0",
    layout=layout("operaton1_0"),
    proof=COMPILED,
    java_from=17,
    compiled=True,
    megabytes=60,
    starts_in="5 to 10 s",
    path="/engine-rest",
    probe="/version",
    ready=answers,
    has_job_executor=True,
    command=operaton_command,
)
