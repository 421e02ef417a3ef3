"""Peers in an environment of their own, and processes that measure."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from statistics import median
from typing import Any

from simulator.core.resources import cache_folder

HERE = Path(__file__).parent
PACKAGES = ("SpiffWorkflow==3.2.0", "simpleeval==1.0.8", "bkflow-feel==1.2.0")
WITHOUT_ITS_PYTHON_CHECK = (
    "camunda-python==0.1.2",
    "fastapi",
    "uvicorn",
    "uvloop",
    "httptools",
    "python-multipart",
)
ROUND_SECONDS = 0.2


def peers_python() -> Path | None:
    """The peers' interpreter, made on first use; None (said on stderr) where they can't be installed."""
    folder = cache_folder() / "benchmark-peers"
    python = folder / "bin" / "python"
    marker = folder / "complete"
    if marker.exists():
        return python
    try:
        venv.create(folder, with_pip=True, clear=True)
        install = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*install, *PACKAGES], check=True)
        subprocess.run([*install, "--ignore-requires-python", *WITHOUT_ITS_PYTHON_CHECK], check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"peers left out, they could not be installed: {error}", file=sys.stderr)
        return None
    marker.touch()
    return python


def importing() -> dict[str, str]:
    """An environment in which a worker imports ours and the models."""
    folders = (HERE.parent, HERE, HERE / "workers")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders))}


class Worker:
    """A process that runs named cases and tells how long they took."""

    def __init__(self, name: str, python: Path, script: str) -> None:
        self.name = name
        self.process = subprocess.Popen(
            [str(python), "-W", "ignore", str(HERE / "workers" / script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=importing(),
        )
        self.offers = self._line()

    def _line(self) -> Any:
        line = self.process.stdout.readline() if self.process.stdout is not None else ""
        if not line:
            raise RuntimeError(f"{self.name} ended")
        return json.loads(line)

    def ask(self, case: str, count: int) -> Any:
        """Run a case so many times, answer its seconds; or a measure."""
        if self.process.stdin is None:
            raise RuntimeError(f"{self.name} has no input")
        self.process.stdin.write(json.dumps([case, count]) + "\n")
        self.process.stdin.flush()
        return self._line()

    def close(self) -> None:
        """End the process."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        self.process.wait()


def open_workers() -> list[Worker]:
    """Ours first, then every peer that is there."""
    workers = [Worker("ours", Path(sys.executable), "ours.py")]
    python = peers_python()
    if python is not None:
        workers.append(Worker("camunda-python", python, "camunda_python.py"))
        workers.append(Worker("SpiffWorkflow", python, "spiffworkflow.py"))
    return workers


def interleaved(workers: list[Worker], case: str, rounds: int = 5) -> dict[str, float]:
    """Seconds of one run of a case, the median of rounds taken in turn, by worker."""
    able = [worker for worker in workers if case in worker.offers["cases"]]
    counts = {worker.name: _enough(worker, case) for worker in able}
    samples: dict[str, list[float]] = {worker.name: [] for worker in able}
    for _ in range(rounds):
        for worker in able:
            samples[worker.name].append(worker.ask(case, counts[worker.name]) / counts[worker.name])
    return {name: median(taken) for name, taken in samples.items()}


def _enough(worker: Worker, case: str) -> int:
    """How often a case must run to fill a round."""
    count = 1
    while True:
        seconds = worker.ask(case, count)
        if seconds >= ROUND_SECONDS / 4 or count >= 1_000_000:
            return max(1, int(count * ROUND_SECONDS / max(seconds, 1e-9)))
        count = max(count + 1, int(count * min(10.0, ROUND_SECONDS / max(seconds, 1e-9))))
