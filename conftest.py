"""Lets the project's own tests use its pytest plugin, installed or not."""

import pytest

from simulator import pytest_plugin

pytest_plugins = ["pytester"]
collect_ignore = ["tests/miniatures/scenarios"]
"""They are run on the miniatures, by tests."""


def pytest_addoption(pluginmanager: pytest.PytestPluginManager) -> None:
    """Register the plugin where its entry point has not already."""
    if not pluginmanager.is_registered(pytest_plugin):
        pluginmanager.register(pytest_plugin, "bpmn_tck")
