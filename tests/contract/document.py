"""Rules that an OpenAPI 3.1 contract has to keep; each function lists what breaks its rule."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from simulator.contract.reading import read_yaml
from simulator.contract.releases import read_release, restrict

Node = dict[str, Any]

METHODS = ("get", "put", "post", "delete", "patch")
SAMPLES = ("value", "example", "default", "const")
BASE = "urn:contract"
EXPRESSION = re.compile(r"\$(request|response)\.(body#(?P<pointer>/.*)?|(path|query|header)\.(?P<name>.+))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation of a document, with the parameters of its path merged into its own."""

    path: str
    method: str
    node: Node
    parameters: tuple[Node, ...]
    at: str

    @property
    def answers(self) -> list[tuple[str, Node]]:
        """Its statuses and what it answers with, perhaps by a reference."""
        return list(self.node.get("responses", {}).items())

    @property
    def name(self) -> str:
        """How findings call the operation."""
        return str(self.node.get("operationId", f"{self.method} {self.path}"))


def read_document(path: Path) -> Node:
    """Read an OpenAPI document as it is written, with the marks of all releases."""
    document = read_yaml(path.read_bytes(), path)
    assert isinstance(document, dict), f"{path} holds no mapping"
    return document


def document_of_release(path: Path, release: str) -> Node:
    """Read an OpenAPI document and leave out what the release does not have."""
    return restrict(read_document(path), read_release(release))


def pointer(*parts: str | int) -> str:
    """Write a JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def look_up(node: Any, path: str) -> Any:
    """Follow a JSON pointer; a LookupError when it leads nowhere."""
    for raw in path.split("/")[1:]:
        part = raw.replace("~1", "/").replace("~0", "~")
        if isinstance(node, list):
            node = node[int(part) if part.isdigit() else len(node)]
        elif isinstance(node, dict):
            node = node[part]
        else:
            raise LookupError(path)
    return node


def resolve(document: Node, node: Node) -> Node:
    """Follow the references of a parameter, response or example to the node that says more."""
    while set(node) == {"$ref"}:
        node = look_up(document, node["$ref"].removeprefix("#"))
    return node


def operations(document: Node) -> Iterator[Operation]:
    """Go through all operations in the order of the document."""
    for path, item in document["paths"].items():
        shared = [resolve(document, each) for each in item.get("parameters", [])]
        for method in METHODS:
            if method in item:
                own = [resolve(document, each) for each in item[method].get("parameters", [])]
                taken = {(each["name"], each["in"]) for each in own}
                inherited = [each for each in shared if (each["name"], each["in"]) not in taken]
                yield Operation(
                    path=path,
                    method=method,
                    node=item[method],
                    parameters=(*own, *inherited),
                    at=pointer("paths", path, method),
                )


def walk(node: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """Go through all nodes below one, with their JSON pointers, but not into examples."""
    todo = [(at, node)]
    while todo:
        at, node = todo.pop()
        yield at, node
        if isinstance(node, dict):
            samples = () if at.endswith("/properties") else SAMPLES
            todo += [(at + pointer(key), value) for key, value in node.items() if key not in samples]
        elif isinstance(node, list):
            todo += [(at + pointer(index), value) for index, value in enumerate(node)]


def broken_references(document: Node) -> list[str]:
    """Each $ref leads to a node of the document."""
    return [
        f"{at}: {node['$ref']} leads nowhere"
        for at, node in walk(document)
        if isinstance(node, dict) and "$ref" in node and not _leads_somewhere(document, node["$ref"])
    ]


def _leads_somewhere(document: Any, target: str) -> bool:
    try:
        look_up(document, target.removeprefix("#"))
    except LookupError:
        return False
    return target.startswith("#/")


def unused_components(document: Node) -> list[str]:
    """Each component is referred to from elsewhere."""
    targets = {node["$ref"] for _, node in walk(document) if isinstance(node, dict) and "$ref" in node}
    return [
        f"#{pointer('components', kind, name)} is not used"
        for kind, members in document["components"].items()
        for name in members
        if kind != "securitySchemes" and f"#{pointer('components', kind, name)}" not in targets
    ]


def repeated_operation_ids(document: Node) -> list[str]:
    """Each operation has an operationId in camelCase that no other has."""
    seen: set[str] = set()
    found = []
    for operation in operations(document):
        name = operation.node.get("operationId", "")
        if not re.fullmatch(r"[a-z][A-Za-z0-9]*", name) or name in seen:
            found.append(f"{operation.method} {operation.path}: operationId {name!r}")
        seen.add(name)
    return found


def path_parameter_faults(document: Node) -> list[str]:
    """The variables of a path are its declared path parameters, all required; no parameter is named twice."""
    found = []
    for operation in operations(document):
        declared = [each for each in operation.parameters if each["in"] == "path"]
        names = [each["name"] for each in declared if each.get("required") is True]
        if sorted(names) != sorted(re.findall(r"{([^}]+)}", operation.path)) or len(names) < len(declared):
            found.append(f"{operation.name}: required path parameters {names}")
        keys = [(each["name"], each["in"]) for each in operation.parameters]
        found += [f"{operation.name}: {key} twice" for key in set(keys) if keys.count(key) > 1]
    return found


def undocumented_operations(document: Node) -> list[str]:
    """Each operation has a summary, a tag, an answer, an error; bodies and parameters say what they are."""
    found = []
    tags = {tag["name"] for tag in document.get("tags", [])}
    for operation in operations(document):
        node, statuses = operation.node, [status for status, _ in operation.answers]
        rules = {
            "summary": bool(node.get("summary", "").strip()),
            "known tags": bool(node.get("tags")) and set(node["tags"]) <= tags,
            "answer": any(status[0] in "23" for status in statuses),
            "error": any(status[0] in "45" for status in statuses),
            "parameters": all("schema" in each and each.get("description") for each in operation.parameters),
            "descriptions": all(resolve(document, each).get("description") for _, each in operation.answers),
        }
        found += [f"{operation.name}: lacks its {what}" for what, held in rules.items() if not held]
        for at, body in bodies(document, operation):
            if "schema" not in body or not ("example" in body or body.get("examples")):
                found.append(f"{at}: no schema or example")
    return found


def bodies(document: Node, operation: Operation) -> Iterator[tuple[str, Node]]:
    """Go through the media types of an operation's request and answers, with their JSON pointers."""
    sides = [(operation.at + pointer("responses", status), each) for status, each in operation.answers]
    if "requestBody" in operation.node:
        sides.append((operation.at + "/requestBody", operation.node["requestBody"]))
    for at, side in sides:
        if set(side) == {"$ref"}:
            at, side = side["$ref"].removeprefix("#"), resolve(document, side)
        for media, body in side.get("content", {}).items():
            yield at + pointer("content", media), body


def schema_faults(document: Node) -> list[str]:
    """Each schema is one of JSON Schema 2020-12, the dialect of OpenAPI 3.1."""
    found = []
    for at, node in walk(document):
        if re.fullmatch(r"/components/schemas/[^/]+", at) or at.endswith("/schema"):
            try:
                Draft202012Validator.check_schema(node)
            except SchemaError as error:
                found.append(f"{at}: {error.message}")
    return found


def validator(document: Node, at: str) -> Draft202012Validator:
    """Make the validator of the schema at a JSON pointer, with all references of the document."""
    registry: Registry[Any] = Registry().with_resource(BASE, DRAFT202012.create_resource(document))
    return Draft202012Validator({"$ref": f"{BASE}#{at}"}, registry=registry)


def example_faults(document: Node) -> list[str]:
    """Each example of a body, a parameter and a schema is valid by its schema."""
    return [
        f"{at} {name}: {error.json_path}: {error.message}"
        for at, node in walk(document)
        if isinstance(node, dict) and not at.endswith(("/properties", "/examples"))
        for schema, name, value in _samples(document, at, node)
        for error in validator(document, schema).iter_errors(value)
    ]


def _samples(document: Node, at: str, node: Node) -> Iterator[tuple[str, str, Any]]:
    schema, examples = at + "/schema", node.get("examples")
    if "schema" in node and isinstance(examples, dict):
        for name, each in examples.items():
            yield schema, name, resolve(document, each)["value"]
    if "schema" in node and "example" in node:
        yield schema, "example", node["example"]
    if isinstance(examples, list):
        yield from ((at, str(index), value) for index, value in enumerate(examples))


def link_faults(document: Node) -> list[str]:
    """Each link leads to an operation, gives what its path needs, and takes it from where it can be found."""
    targets = {operation.name: operation for operation in operations(document)}
    found = []
    for operation in operations(document):
        for status, answer in operation.answers:
            for name, link in resolve(document, answer).get("links", {}).items():
                faults = _faults_of_link(document, operation, resolve(document, answer), link, targets)
                found += [f"{operation.name} {status} {name}: {fault}" for fault in faults]
    return found


def _faults_of_link(
    document: Node, operation: Operation, answer: Node, link: Node, targets: dict[str, Operation]
) -> Iterator[str]:
    target = targets.get(link.get("operationId", ""))
    if target is None:
        yield f"no operation {link.get('operationId')}"
        return
    known = {each["name"] for each in target.parameters}
    needed = {each["name"] for each in target.parameters if each.get("required")}
    given = {key.removeprefix("path.").removeprefix("query.") for key in link.get("parameters", {})}
    yield from (f"{each} is no parameter of {target.name}" for each in sorted(given - known))
    yield from (f"{each} of {target.name} is missing" for each in sorted(needed - given))
    if "requestBody" in link and "requestBody" not in target.node:
        yield f"{target.name} takes no body"
    for value in link.get("parameters", {}).values():
        if str(value).startswith("$") and not _is_found(document, operation, answer, value):
            yield f"{value} is not found in any example"


def _is_found(document: Node, operation: Operation, answer: Node, expression: str) -> bool:
    match = EXPRESSION.fullmatch(expression)
    if match is None:
        return False
    if match["name"] is not None:
        return match["name"] in {each["name"] for each in operation.parameters}
    side = answer if match[1] == "response" else operation.node.get("requestBody", {})
    samples = [
        resolve(document, each)["value"]
        for body in side.get("content", {}).values()
        for each in body.get("examples", {}).values()
    ]
    return any(match["pointer"] is None or _leads_somewhere(each, "#" + match["pointer"]) for each in samples)


def release_faults(document: Node, releases: Iterable[str]) -> list[str]:
    """x-since and x-until name known releases in their order, each x-deviation says something.

    `document` is one as it is written, `releases` are all from the oldest to the newest.
    """
    order = {release: rank for rank, release in enumerate(releases)}
    found = []
    for at, node in walk(document):
        if isinstance(node, dict) and not at.endswith("/properties"):
            named = [node[key] for key in ("x-since", "x-until") if key in node]
            unknown = [each for each in named if each not in order]
            found += [f"{at}: unknown release {each!r}" for each in unknown]
            if len(named) == 2 and not unknown and order[named[0]] > order[named[1]]:
                found.append(f"{at}: ends before it began")
            if not str(node.get("x-deviation", "-")).strip():
                found.append(f"{at}: empty x-deviation")
    return found
