from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.targets.engines import (
    FetchError,
    cached,
    find_recipe,
    java,
    start_engine,
)
from simulator.targets.engines.fetch import fetch, fetched_folder
from tests.targets.engines.machine import Install


def test_a_failed_fetch_shows_what_maven_said_and_leaves_nothing_that_looks_whole(
    install_java: Install, install_maven: Install
) -> None:
    install_java(17)
    install_maven(fails=True)

    with pytest.raises(FetchError) as failed:
        start_engine("camunda7")

    assert failed.value.said == ("[ERROR] Could not transfer artifact: Unknown host",)
    assert failed.value.log.is_file()
    assert not cached("camunda7")


def test_a_fetch_that_failed_is_done_again(install_java: Install, install_maven: Install) -> None:
    install_java(17)
    install_maven(fails=True)
    with pytest.raises(FetchError):
        start_engine("camunda7")
    install_maven()

    start_engine("camunda7")

    assert cached("camunda7")


def test_two_starts_at_once_fetch_once(install_java: Install, install_maven: Install) -> None:
    home = install_java(21)
    calls = install_maven(seconds=0.4)
    recipe, newest, told = find_recipe("camunda7"), java.Java(home, 21), list[str]()

    with ThreadPoolExecutor(2) as pool:
        folders = list(pool.map(lambda _: fetch(recipe, newest, told.append), range(2)))

    assert folders == [fetched_folder(recipe)] * 2
    assert calls.read_text(encoding="utf-8").splitlines() == [str(home)]
    assert sorted(told) == [
        "fetching Camunda 7.24.0 with Maven, about 54 MB, once; licence: Apache-2.0",
        "waiting for another process that fetches Camunda 7.24.0",
    ]


def test_a_changed_recipe_is_fetched_anew(tools: Path) -> None:
    recipe = find_recipe("camunda7")
    changed = replace(recipe, layout={**recipe.layout, "pom.xml": "operaton1_0/pom.xml"})

    assert fetched_folder(changed) != fetched_folder(recipe)
