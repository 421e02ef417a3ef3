"""Servers started for a measurement, and stopped after it."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from benchmarks.peers import HERE, importing
from simulator.contract.forms import Form, Upload, encode_multipart

PATIENCE = 30.0


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(command: list[str], probe: str) -> Iterator[tuple[float, int]]:
    """A server process; gives the seconds until `probe` answered, and the process id."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=importing())
    try:
        while True:
            try:
                httpx.get(probe, timeout=1.0)
                break
            except httpx.TransportError:
                if process.poll() is not None or time.perf_counter() - began > PATIENCE:
                    raise RuntimeError(f"{command} did not answer at {probe}") from None
                time.sleep(0.005)
        yield time.perf_counter() - began, process.pid
    finally:
        process.terminate()
        process.wait()


def our_server(port: int) -> list[str]:
    """The command that serves our Camunda 7."""
    return [
        str(Path(sys.executable).parent / "bpmn-tck"),
        "serve",
        "--port",
        str(port),
        "--dialect",
        "camunda7",
    ]


def camunda_python_server(python: Path, port: int) -> list[str]:
    """The command that serves camunda-python's own REST application."""
    return [str(python), "-W", "ignore", str(HERE / "workers" / "camunda_python_server.py"), str(port)]


def deploy(root: str, model: str) -> None:
    """Deploy a model to a Camunda 7 REST API."""
    form: Form = {
        "deployment-name": "benchmark",
        "data": Upload("benchmark.bpmn", model.encode(), "text/xml"),
    }
    media_type, content = encode_multipart(form)
    answer = httpx.post(
        f"{root}/deployment/create", content=content, headers={"Content-Type": media_type}, timeout=30
    )
    answer.raise_for_status()


def load(url: str, body: str, connections: int) -> float:
    """Requests per second."""
    command = [sys.executable, str(HERE / "load.py"), url, body, str(connections)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def resident(pid: int) -> int:
    """A process's resident memory in bytes."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS"))
