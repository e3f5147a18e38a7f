"""Finding the tests that documents call upon as proof."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@cache
def in_file(path: str) -> frozenset[str]:
    """Names of the tests in a file that are run: one that is always skipped proves nothing."""
    file = ROOT / path
    if not file.name.startswith("test_") or file.suffix != ".py" or not file.exists():
        return frozenset()
    return frozenset(
        node.name
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and not any(_skips(each) for each in node.decorator_list)
    )


def _skips(decorator: ast.expr) -> bool:
    plain = decorator.func if isinstance(decorator, ast.Call) else decorator
    return ast.unparse(plain) in {"pytest.mark.skip", "pytest.mark.xfail"}


def is_proof(evidence: str) -> bool:
    """Whether this names a test that is run (`path::name`), or a decision that was written down."""
    path, _, name = evidence.partition("::")
    if name:
        return name in in_file(path)
    return path.startswith("docs/decisions/") and (ROOT / path).is_file()
