import os
from pathlib import Path

import pytest

from simulator.contract import loading
from simulator.contract.loading import load, load_file
from simulator.contract.model import Contract
from simulator.core.errors import UserError

DOCUMENT = """
openapi: 3.1.0
info: {title: Orders, version: "7.10"}
paths:
  /orders/{id}:
    parameters: [{$ref: "#/components/parameters/Id"}]
    get:
      operationId: getOrder
      summary: Look at an order
      tags: [Order]
      x-deviation: The manual says 400.
      x-consistency: eventual
      parameters:
        - {name: expand, in: query, x-since: 7.10, schema: {type: string}}
        - {name: state, in: query, schema: {$ref: "#/components/schemas/State"}}
      responses:
        200:
          description: One
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Order"}
              examples:
                default: {value: {id: "1", x-since: "9"}}
                shared: {$ref: "#/components/examples/Shared"}
            text/xml: {x-until: "7.9"}
          links:
            cancel: {operationId: cancelOrder, parameters: {id: $response.body#/id}}
            keep: {operationId: getOrder, parameters: {id: $response.body#/id}}
        404: {$ref: "#/components/responses/Missing"}
    delete:
      operationId: cancelOrder
      x-since: 7.10
      responses: {204: {description: Gone}}
components:
  parameters:
    Id: {name: id, in: path, required: true, schema: {$ref: "#/components/schemas/Key"}}
  examples:
    Shared: {value: {id: "2"}}
  responses:
    Missing:
      description: None
      content: {application/json: {schema: {$ref: "#/components/schemas/Problem"}, example: {on: yes}}}
  schemas:
    Key: {$ref: "#/components/schemas/Text"}
    Text: {type: string}
    State: {type: string, enum: [OPEN, {value: HELD, x-since: "7.9"}, {value: LOST, x-until: "7.8"}]}
    Problem: {type: object}
    Order:
      type: object
      required: [id, held, default]
      properties:
        id: {type: string}
        held: {type: boolean, x-since: "7.9"}
        default: {type: string, x-until: "7.9"}
        x-since: {type: string}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "orders.yaml"
    file.write_text(DOCUMENT)
    return file


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "contracts"


def kept(cache: Path) -> list[Path]:
    return sorted(cache.iterdir())


def refuse_to_compile(*_: object) -> Contract:
    raise AssertionError("this was to come out of the cache")


def test_an_operation_stands_under_its_id_with_all_it_takes_and_answers(file: Path) -> None:
    operation = load_file(file, None, None).operations["getOrder"]

    assert (operation.method, operation.path) == ("GET", "/orders/{id}")
    assert (operation.summary, operation.tags) == ("Look at an order", ("Order",))
    assert operation.deviation == "The manual says 400."
    assert operation.extensions["x-consistency"] == "eventual"
    assert [(one.name, one.location, one.required) for one in operation.parameters] == [
        ("id", "path", True),
        ("expand", "query", False),
        ("state", "query", False),
    ]
    assert operation.parameters[0].schema == {"type": "string"}
    assert list(operation.responses) == ["200", "404"]


def test_references_to_responses_and_examples_are_resolved(file: Path) -> None:
    operation = load_file(file, None, None).operations["getOrder"]

    found, missing = operation.responses["200"], operation.responses["404"]

    assert found.content["application/json"].examples == {
        "default": {"id": "1", "x-since": "9"},
        "shared": {"id": "2"},
    }
    problem = missing.content["application/json"]
    assert problem.pointer == "/components/responses/Missing/content/application~1json/schema"
    assert problem.examples == {"example": {"on": "yes"}}


def test_links_lead_on_by_operation_id(file: Path) -> None:
    links = load_file(file, None, None).operations["getOrder"].responses["200"].links

    assert {name: link.operation_id for name, link in links.items()} == {
        "cancel": "cancelOrder",
        "keep": "getOrder",
    }
    assert links["keep"].parameters == {"id": "$response.body#/id"}


def test_a_release_lacks_what_came_later(file: Path) -> None:
    contract = load_file(file, "7.9", None)

    operation = contract.operations["getOrder"]

    assert list(contract.operations) == ["getOrder"]
    assert [parameter.name for parameter in operation.parameters] == ["id", "state"]
    assert list(operation.responses["200"].links) == ["keep"]


def test_a_release_of_two_digits_comes_after_one_of_one(file: Path) -> None:
    contract = load_file(file, "7.10.3-SNAPSHOT", None)

    assert "cancelOrder" in contract.operations
    assert "text/xml" not in contract.operations["getOrder"].responses["200"].content


@pytest.mark.parametrize(
    ("release", "properties", "required", "states"),
    [
        ("7.8", ["id", "default", "x-since"], ["id", "default"], ["OPEN", "LOST"]),
        ("7.8.21", ["id", "default", "x-since"], ["id", "default"], ["OPEN", "LOST"]),
        ("7.9", ["id", "held", "default", "x-since"], ["id", "held", "default"], ["OPEN", "HELD"]),
        (None, ["id", "held", "x-since"], ["id", "held"], ["OPEN", "HELD"]),
    ],
)
def test_properties_required_names_and_enum_members_come_and_go_with_releases(
    file: Path, release: str | None, properties: list[str], required: list[str], states: list[str]
) -> None:
    schemas = load_file(file, release, None).document()["components"]["schemas"]

    assert list(schemas["Order"]["properties"]) == properties
    assert schemas["Order"]["required"] == required
    assert schemas["State"]["enum"] == states


def test_the_document_is_the_callers_to_change(file: Path) -> None:
    contract = load_file(file, None, None)

    contract.document()["paths"].clear()

    assert list(contract.document()["paths"]) == ["/orders/{id}"]


def test_a_contract_from_the_cache_is_the_one_compiled(
    file: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled = load_file(file, "7.9", cache)
    monkeypatch.setattr(loading, "_compile", refuse_to_compile)

    from_cache = load_file(file, "7.9", cache)

    assert from_cache == compiled == load_file(file, "7.9", cache)
    assert from_cache.document() == compiled.document()


def test_each_release_and_each_content_is_kept_apart(file: Path, cache: Path) -> None:
    first = load_file(file, "7.9", cache)
    second = load_file(file, None, cache)
    file.write_text(DOCUMENT.replace("getOrder", "seeOrder"))
    third = load_file(file, None, cache)

    assert len(kept(cache)) == 3
    assert [len(contract.operations) for contract in (first, second, third)] == [1, 2, 2]
    assert "seeOrder" in third.operations


@pytest.mark.parametrize("place", [0, 20, 200, -1])
def test_a_damaged_cache_is_passed_over_and_mended(file: Path, cache: Path, place: int) -> None:
    compiled = load_file(file, None, cache)
    (entry,) = kept(cache)
    sound = entry.read_bytes()
    damaged = bytearray(sound)
    damaged[place] ^= 1
    entry.write_bytes(damaged)

    again = load_file(file, None, cache)

    assert again == compiled
    assert entry.read_bytes() == sound


@pytest.mark.parametrize("content", [b"", b"x", b"\x00" * 4096])
def test_a_cache_cut_short_is_passed_over(file: Path, cache: Path, content: bytes) -> None:
    compiled = load_file(file, None, cache)
    kept(cache)[0].write_bytes(content)

    assert load_file(file, None, cache) == compiled


def test_a_cache_folder_that_cannot_be_made_is_done_without(file: Path, tmp_path: Path) -> None:
    occupied = tmp_path / "occupied"
    occupied.write_text("a file where a folder should be")

    contract = load_file(file, None, occupied / "contracts")

    assert "getOrder" in contract.operations


def test_nothing_but_the_contract_is_left_in_the_cache(file: Path, cache: Path) -> None:
    load_file(file, None, cache)

    (entry,) = kept(cache)
    assert entry.suffix == ".contract"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("operationId: cancelOrder\n", "operationId: getOrder\n", "'getOrder' stands on two operations"),
        ("operationId: cancelOrder\n      ", "", "DELETE /orders/{id} has no operationId"),
        ("responses/Missing", "responses/Lost", "/paths/~1orders~1{id}/get/responses/404 refers to"),
        ("Text: {type: string}", 'Text: {$ref: "#/components/schemas/Key"}', "round in a circle"),
        ('version: "7.10"', "version: 7.10", "info.version is a text"),
        ("x-since: 7.10, schema", "x-since: soon, schema", "expected a release such as 7.24, came 'soon'"),
        ("  examples:\n    Shared", "  parameters:\n    Shared", "the key 'parameters' comes twice"),
        ("openapi: 3.1.0", "openapi: [3.1.0", "orders.yaml:3:"),
        ("    Problem: {type: object}", "    <<: {type: object}", "expected a plain key"),
    ],
)
def test_what_is_wrong_in_a_document_is_told_with_its_file(
    file: Path, old: str, new: str, problem: str
) -> None:
    assert old in DOCUMENT
    file.write_text(DOCUMENT.replace(old, new))

    with pytest.raises(UserError) as caught:
        load_file(file, None, None)

    assert str(file) in str(caught.value)
    assert problem in str(caught.value)


def test_a_release_that_is_none_is_refused(file: Path) -> None:
    with pytest.raises(UserError, match="came 'latest'"):
        load_file(file, "latest", None)


def test_an_unknown_product_is_told_which_there_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "openapi").mkdir()
    (tmp_path / "openapi" / "orders.yaml").write_text(DOCUMENT)
    monkeypatch.setattr(loading, "specs_folder", lambda: tmp_path)

    with pytest.raises(UserError, match="there are: orders"):
        load("invoices")


def test_a_product_is_loaded_through_the_cache_that_the_environment_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "openapi").mkdir()
    (tmp_path / "openapi" / "bills.yaml").write_text(DOCUMENT)
    monkeypatch.setattr(loading, "specs_folder", lambda: tmp_path)
    monkeypatch.setenv("BPMN_TCK_CACHE", os.fspath(tmp_path / "kept"))

    contract = load("bills", "7.9")

    assert (contract.product, contract.release) == ("bills", "7.9")
    assert len(kept(tmp_path / "kept" / "contracts")) == 1
