from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.contract.model import Operation
from simulator.contract.router import Match, MethodNotAllowed, NotFound, Router

TEMPLATES = (
    ("GET", "/task"),
    ("GET", "/task/count"),
    ("GET", "/task/{id}"),
    ("DELETE", "/task/{id}"),
    ("GET", "/task/{id}/variables/{name}"),
    ("PUT", "/task/{taskId}/variables/{variable}"),
    ("POST", "/process-definition/{id}/start"),
    ("POST", "/process-definition/key/{key}/start"),
    ("GET", "/process-definition/key/{key}"),
    ("GET", "/process-definition/{id}/statistics"),
    ("POST", "/process-definition/key/{key}/tenant-id/{tenant}/start"),
)
LITERALS = frozenset(
    segment for _, path in TEMPLATES for segment in path.split("/") if not segment.startswith("{")
)


def operation(method: str, path: str) -> Operation:
    return Operation(
        id=f"{method} {path}",
        method=method,
        path=path,
        parameters=(),
        body=None,
        responses={},
        tags=(),
        summary="",
        extensions={},
    )


ROUTER = Router(operation(method, path) for method, path in TEMPLATES)

ALPHABET = "abz09 %/?#[]@!$&'()*+,;=:.-_~{}\"\\<>^`|\0\n\x7fäß€\u200b\ufeff𝄞"

values = st.text(ALPHABET, min_size=1).filter(lambda text: text not in LITERALS)


@given(template=st.sampled_from(TEMPLATES), draw=st.data())
def test_every_path_made_from_a_template_leads_back_to_its_operation_and_parameters(
    template: tuple[str, str], draw: st.DataObject
) -> None:
    method, path = template
    names = [segment[1:-1] for segment in path.split("/") if segment.startswith("{")]
    given_values = {name: draw.draw(values, label=name) for name in names}

    asked = path
    for name, value in given_values.items():
        asked = asked.replace(f"{{{name}}}", quote(value, safe=""), 1)
    found = ROUTER.match(method, asked)

    assert isinstance(found, Match)
    assert (found.operation.id, found.path_parameters) == (f"{method} {path}", given_values)


@given(text=st.text(ALPHABET, min_size=1))
def test_what_is_percent_encoded_comes_back_as_it_was(text: str) -> None:
    router = Router([operation("GET", "/job/{id}")])

    found = router.match("GET", f"/job/{quote(text, safe='')}")

    assert isinstance(found, Match)
    assert found.path_parameters == {"id": text}


@given(path=st.text(ALPHABET))
def test_no_path_whatever_breaks_the_router(path: str) -> None:
    found = ROUTER.match("GET", path)

    assert isinstance(found, (Match, MethodNotAllowed, NotFound))


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/task/count", "GET /task/count"),
        ("GET", "/task/counts", "GET /task/{id}"),
        ("POST", "/process-definition/key/order/start", "POST /process-definition/key/{key}/start"),
        ("POST", "/process-definition/key/start", "POST /process-definition/{id}/start"),
        ("GET", "/process-definition/key/statistics", "GET /process-definition/key/{key}"),
        ("GET", "/%74ask/c%6Funt", "GET /task/count"),
    ],
)
def test_a_literal_goes_before_a_parameter_unless_it_leads_nowhere(
    method: str, path: str, expected: str
) -> None:
    found = ROUTER.match(method, path)

    assert isinstance(found, Match)
    assert found.operation.id == expected


def test_a_method_that_only_the_less_literal_template_has_is_found_there() -> None:
    found = ROUTER.match("DELETE", "/task/count")

    assert isinstance(found, Match)
    assert found.path_parameters == {"id": "count"}


def test_one_path_may_name_its_parameters_differently_by_method() -> None:
    read = ROUTER.match("GET", "/task/7/variables/amount")
    write = ROUTER.match("PUT", "/task/7/variables/amount")

    assert isinstance(read, Match)
    assert isinstance(write, Match)
    assert read.path_parameters == {"id": "7", "name": "amount"}
    assert write.path_parameters == {"taskId": "7", "variable": "amount"}


def test_a_wrong_method_is_told_the_methods_of_every_template_that_fits() -> None:
    found = ROUTER.match("PATCH", "/task/count")

    assert found == MethodNotAllowed(("DELETE", "GET"))


@pytest.mark.parametrize(
    "path", ["", "/", "task", "/tasks", "/task/", "/task//variables/x", "/task/7/variables"]
)
def test_a_path_of_no_template_is_not_found(path: str) -> None:
    assert ROUTER.match("GET", path) == NotFound()


def test_a_slash_within_a_parameter_stays_within_it() -> None:
    found = ROUTER.match("GET", "/task/a%2Fb")

    assert isinstance(found, Match)
    assert found.path_parameters == {"id": "a/b"}


def test_two_operations_on_one_method_and_path_are_refused() -> None:
    with pytest.raises(ValueError, match=r"GET /job/\{key\} and GET /job/\{id\}"):
        Router([operation("GET", "/job/{id}"), operation("GET", "/job/{key}")])


def test_a_parameter_that_is_part_of_a_segment_is_refused() -> None:
    with pytest.raises(ValueError, match="whole segment"):
        Router([operation("GET", "/job/{id}.json")])
