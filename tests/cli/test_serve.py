import json
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from simulator.cli import main
from simulator.cli.serve import NotBound, listen

LOOPBACK = "127.0.0.1"


def test_a_port_that_is_taken_is_told_with_a_way_out(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server((LOOPBACK, 0)) as other:
        port = other.getsockname()[1]

        code = main(["serve", "--port", str(port)])

    assert code == 3
    told = capsys.readouterr().err
    assert told.startswith(f"Error: cannot listen at port {port} of {LOOPBACK}: something else listens there")
    assert "--port" in told
    assert len(told.splitlines()) == 1


@pytest.mark.parametrize("port", ["-1", "65536"])
def test_a_port_that_there_cannot_be_is_wrong_use(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["serve", "--port", port])

    assert code == 2
    assert f"{port} is not in the range" in capsys.readouterr().err


def test_a_model_that_is_not_there_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["serve", "--port", "0", "nowhere.bpmn"])

    assert code == 2
    assert capsys.readouterr().err.startswith("Error: nowhere.bpmn: expected a model file")


def test_every_address_of_a_host_gets_the_same_free_port() -> None:
    bound = listen("localhost", 0)

    ports = {each.getsockname()[1] for each in bound}
    for each in bound:
        each.close()
    assert len(ports) == 1
    assert 0 not in ports


def test_a_host_that_nobody_knows_is_not_bound() -> None:
    with pytest.raises(NotBound, match="cannot listen at port 0 of no-such-host"):
        listen("no-such-host.invalid", 0)


def test_the_url_printed_answers_until_an_interrupt_ends_it() -> None:
    program = (
        "import signal, sys; from simulator.cli import main;"
        "signal.signal(signal.SIGINT, signal.default_int_handler);"  # ignored where the tests run in a background
        "sys.exit(main(['serve', '--port', '0', '--json']))"
    )
    server = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    with server:
        assert server.stdout is not None
        urls = json.loads(server.stdout.readline())["urls"]
        with urllib.request.urlopen(f"{urls[0]}/version", timeout=10) as answer:
            version = json.load(answer)
        server.send_signal(signal.SIGINT)
        _, told = server.communicate(timeout=10)

    assert [url.rpartition("/")[2] for url in urls] == ["engine-rest", "v2"]
    assert version == {"version": "7.24.0"}
    assert server.returncode == 130
    assert b"Traceback" not in told


def test_a_model_over_the_size_that_was_set_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = tmp_path / "order.bpmn"
    model.write_text("<definitions>" + " " * 1000 + "</definitions>")

    code = main(["serve", "--port", "0", "--max-size", "500", str(model)])

    assert code == 2
    assert "at most 500" in capsys.readouterr().err
