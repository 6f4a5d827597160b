"""Files stay under 300 lines and functions under 30; what outgrows is split by topic."""

import ast

from tests.ground.tree import product_files, shown

FILE_LINES = 300
FUNCTION_LINES = 30
FORBIDDEN = {"utils", "util", "helpers", "helper", "manager", "service", "base", "common", "misc"}


def test_files_stay_short() -> None:
    long = {shown(path): lines for path in product_files() if (lines := _lines(path.read_text("utf-8"))) >= FILE_LINES}
    assert long == {}


def test_functions_stay_short() -> None:
    long = {
        f"{shown(path)}:{node.lineno} {node.name}": length
        for path in product_files()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (length := _length(node)) >= FUNCTION_LINES
    }
    assert long == {}


def test_names_of_files_say_something() -> None:
    named = [shown(path) for path in product_files() if FORBIDDEN & {*path.relative_to(path.anchor).parts, path.stem}]
    assert named == []


def _lines(text: str) -> int:
    return len(text.splitlines())


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of its body: a long list of keywords or a docstring makes no function hard to read."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return (node.end_lineno or node.lineno) - body[0].lineno + 1 if body else 0
