"""The pytest plugin: collects scenario files, and runs each case on each `--target` as an item.

It is loaded with every pytest run, so it imports nothing until the first scenario file is seen.
"""

from pathlib import Path

import pytest

COLLECTION = "simulator.scenario.collection"
NAME = "scenario.yaml"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--target`."""
    group = parser.getgroup("bpmn-tck", "BPMN and CMMN conformance scenarios")
    group.addoption(
        "--target",
        action="append",
        dest="scenario_targets",
        metavar="TARGET",
        help="where to run scenarios, such as camunda7:http://host:8080/engine-rest; repeatable "
        "(default: both built-in dialects)",
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a scenario file."""
    if file_path.name != NAME and not file_path.name.endswith(f".{NAME}"):
        return None
    plugins = parent.config.pluginmanager
    plugins.import_plugin(COLLECTION)
    collection = plugins.get_plugin(COLLECTION)
    assert collection is not None
    collected = collection.collect_scenarios(file_path, parent)
    assert isinstance(collected, pytest.Collector)
    return collected
