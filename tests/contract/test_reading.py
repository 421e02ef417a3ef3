import math
from pathlib import Path
from typing import Any

import pytest

from simulator.contract.reading import read_yaml
from simulator.core.errors import UserError

HERE = Path("some.yaml")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[on, off, yes, no, y, n, On]", ["on", "off", "yes", "no", "y", "n", "On"]),
        ("[true, True, FALSE, false]", [True, True, False, False]),
        ("[~, null, Null, '']", [None, None, None, ""]),
        ("a:", {"a": None}),
        ("[1, -2, +3, 0o17, 0x1F, 017]", [1, -2, 3, 15, 31, 17]),
        ("[1.5, .5, 5., 1e3, -.inf, 1.5e-3]", [1.5, 0.5, 5.0, 1000.0, -math.inf, 0.0015]),
        ("[12:30:45, 2024-05-01, 1_000, '7']", ["12:30:45", "2024-05-01", "1_000", "7"]),
        ("{200: a, true: b, null: c, 1.5: d}", {"200": "a", "true": "b", "null": "c", "1.5": "d"}),
        ("{x-since: 7.10, x-until: 8, other: 7.10}", {"x-since": "7.10", "x-until": "8", "other": 7.1}),
        ("a: &it {b: 1}\nc: *it", {"a": {"b": 1}, "c": {"b": 1}}),
    ],
)
def test_yaml_is_read_by_the_core_schema_of_version_1_2(text: str, value: Any) -> None:
    read = read_yaml(text.encode(), HERE)

    assert read == value
    assert repr(read) == repr(value)


def test_not_a_number_is_read() -> None:
    assert math.isnan(read_yaml(b".nan", HERE))


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("a: 1\nb: 2\na: 3", "some.yaml:3: the key 'a' comes twice"),
        ("a: 1\n<<: {b: 1}", "some.yaml:2: expected a plain key"),
        ("[a]: 1", "some.yaml:1: expected a plain key"),
        ("a: 1\nb: [", "some.yaml:3:"),
        ("a: !!python/name:os.system 1", "some.yaml:1:"),
        ("a: 1\n--- \nb: 2", "some.yaml:2:"),
        ("a: \x00", "some.yaml"),
        ("\n" + "[" * 900 + "]" * 900, "some.yaml:2: this is nested deeper than 200 levels"),
        ("\n" + "[" * 100_000 + "]" * 100_000, "some.yaml:2:"),  # libyaml 0.2.6 itself refuses 1,000 levels
        ("b: 1\na: &it {c: [*it]}", "some.yaml:2: the alias 'it' stands within what it names"),
    ],
)
def test_what_is_not_yaml_is_told_with_file_and_line(text: str, where: str) -> None:
    with pytest.raises(UserError) as caught:
        read_yaml(text.encode(), HERE)

    assert str(caught.value).startswith(where)
