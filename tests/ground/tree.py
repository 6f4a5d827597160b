"""The project's own files, as the tests of the ground read them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("bot", "handlers", "store", "scheduler")


def product_files() -> list[Path]:
    """Every Python file that is shipped."""
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def shown(path: Path) -> str:
    """The path as one types it in the project's folder."""
    return path.relative_to(ROOT).as_posix()


def names_defined(path: Path) -> set[str]:
    """What a Python file defines at its top, and in its classes as `Class.name`."""
    return set(_names(ast.parse(path.read_text(encoding="utf-8")).body))


def _names(body: list[ast.stmt], prefix: str = "") -> Iterator[str]:
    for node in body:
        match node:
            case ast.ClassDef(name=name):
                yield prefix + name
                yield from _names(node.body, f"{prefix}{name}.")
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield prefix + name
            case ast.Assign(targets=targets):
                yield from (prefix + target.id for target in targets if isinstance(target, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield prefix + name


def table_rows(text: str, heading: str) -> list[list[str]]:
    """The cells of the first Markdown table under a heading, without its head."""
    after = text.split(f"\n{heading}\n", 1)[1]
    rows: list[list[str]] = []
    for line in after.splitlines():
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip().strip("|").split(" | ")])
        elif rows or line.startswith("#"):
            break
    return rows[2:]
