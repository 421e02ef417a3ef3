"""The shape of the code: imports point down, files and functions stay small, closed sets are whole."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "simulator"
LAYERS: tuple[frozenset[str], ...] = tuple(
    frozenset(names.split())
    for names in (
        "cli pytest_plugin",
        "fuzz",
        "report scenario",
        "targets",
        "api",
        "engine analysis",
        "dialects",
        "bpmn cmmn",
        "kernel",
        "model",
        "results contract expressions",
        "core",
    )
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
LINES_AT_MOST = 500
FUNCTION_LINES_AT_MOST = 60
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "_packaged" not in path.parts)


def layer_of(module: str) -> str | None:
    """The layer of a dotted name, None outside of the package."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "simulator" else None


def imports(tree: ast.AST) -> Iterator[str]:
    """The modules that a file imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """All functions of a file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def named(path: Path) -> str:
    """A module by its path in the repository."""
    return str(path.relative_to(ROOT))


def test_every_module_stands_in_a_known_layer() -> None:
    tops = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in MODULES}

    assert tops - {"__init__"} <= set(LEVEL)


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_imports_point_down_and_never_sideways(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if own == "__init__":
        return

    wrong = [
        name
        for name in imports(ast.parse(path.read_text()))
        if (layer := layer_of(name)) in LEVEL and layer != own and LEVEL[layer] <= LEVEL[own]
    ]

    assert wrong == []


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text()
    long = [
        f.name for f in functions(ast.parse(text)) if (f.end_lineno or 0) - f.lineno >= FUNCTION_LINES_AT_MOST
    ]

    assert text.count("\n") <= LINES_AT_MOST
    assert long == []


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_function_imports_but_the_lazy_table(path: Path) -> None:
    inside = [
        function.name
        for function in functions(ast.parse(path.read_text()))
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function))
    ]

    assert inside == []


@pytest.mark.parametrize(
    "path",
    [p for p in MODULES if p.relative_to(PACKAGE).parts[0] in ("kernel", "model", "bpmn", "cmmn")],
    ids=named,
)
def test_below_the_engine_there_is_no_clock_file_socket_thread_or_chance(path: Path) -> None:
    forbidden = {"time", "random", "socket", "threading", "logging", "os", "secrets", "asyncio", "uuid"}

    assert {name.split(".")[0] for name in imports(ast.parse(path.read_text()))} & forbidden == set()
