import sys
from pathlib import Path

import pytest

from simulator.core.discovery import DiscoveryError, modules_below, named, of_type


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


@pytest.fixture
def plants(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package of its own name, so that no test finds another's modules already imported."""
    name = f"plants_{tmp_path.name}".replace("-", "_")
    write(
        tmp_path / name,
        {
            "__init__.py": "",
            "__main__.py": "raise SystemExit('not to be imported')",
            "oak.py": "ELEMENT = 'oak'",
            "ash.py": "SECOND = 'b'\nELEMENT = 'ash'\nCOUNT = 1",
            "words.py": "NUMBER = 5",
            "shrubs/__init__.py": "",
            "shrubs/rose.py": f"from {name}.oak import ELEMENT as NEIGHBOUR\nELEMENT = 'rose'",
        },
    )
    monkeypatch.syspath_prepend(tmp_path)
    return name


def test_every_module_at_any_depth_is_imported_once_in_the_order_of_names(plants: str) -> None:
    first = list(modules_below(plants))
    again = list(modules_below(plants))

    assert [module.__name__.removeprefix(f"{plants}.") for module in first] == [
        "ash",
        "oak",
        "shrubs",
        "shrubs.rose",
        "words",
    ]
    assert all(one is other for one, other in zip(first, again, strict=True))
    assert f"{plants}.__main__" not in sys.modules


def test_members_are_what_stands_under_the_name(plants: str) -> None:
    members = named(plants, "ELEMENT", str)

    assert [(one.module.removeprefix(f"{plants}."), one.value) for one in members] == [
        ("ash", "ash"),
        ("oak", "oak"),
        ("shrubs.rose", "rose"),
    ]


def test_the_wrong_thing_under_the_name_is_told_with_its_module(plants: str, tmp_path: Path) -> None:
    write(tmp_path / plants, {"yew.py": "ELEMENT = 7"})

    with pytest.raises(DiscoveryError, match=rf"{plants}\.yew: ELEMENT is to be of type str, came int"):
        named(plants, "ELEMENT", str)


def test_objects_of_a_type_come_in_the_order_written_and_once(plants: str) -> None:
    members = of_type(plants, int)

    assert [(one.module.removeprefix(f"{plants}."), one.value) for one in members] == [
        ("ash", 1),
        ("words", 5),
    ]


def test_an_object_that_another_module_imports_counts_once(tmp_path: Path, plants: str) -> None:
    write(
        tmp_path / plants,
        {
            "fir.py": "RINGS = frozenset({1})\nNEEDLES = frozenset({2})",
            "gorse.py": f"from {plants}.fir import NEEDLES\nTHORNS = frozenset({{3}})",
        },
    )

    assert [set(one.value) for one in of_type(plants, frozenset)] == [{1}, {2}, {3}]


def test_a_module_that_cannot_be_imported_is_named(tmp_path: Path, plants: str) -> None:
    write(tmp_path / plants, {"elm.py": "import no_such_module_anywhere"})

    with pytest.raises(DiscoveryError, match=rf"{plants}\.elm: cannot be imported: No module named"):
        list(modules_below(plants))


def test_a_package_that_is_not_there_is_named() -> None:
    with pytest.raises(DiscoveryError, match="no_such_package: cannot be imported"):
        named("no_such_package", "ELEMENT", str)
