"""An import hook that watches every division in the plan's code; for a process of its own.

It imports nothing of the program, so that all of it is still to be loaded, and watched.
"""

from __future__ import annotations

import ast
import builtins
import importlib.abc
import importlib.machinery
import sys
from types import ModuleType

WATCHED = ("forms", "exporters.compose", "commands")
WATCH = "_watched_division"


class Watched(ast.NodeTransformer):
    """Every `a / b` becomes a call that refuses to make a binary number."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.op, ast.Div):
            return node
        call = ast.Call(ast.Name(WATCH, ast.Load()), [node.left, node.right], [])
        return ast.copy_location(call, node)


class _Loader(importlib.machinery.SourceFileLoader):
    def source_to_code(self, data, path, *, _optimize: int = -1):  # type: ignore[override]
        tree = Watched().visit(ast.parse(data, str(path)))
        return compile(ast.fix_missing_locations(tree), str(path), "exec", dont_inherit=True)

    def get_code(self, fullname):  # never from the cache, which knows nothing of watching
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)

    def exec_module(self, module: ModuleType) -> None:
        super().exec_module(module)
        vars(module)["__watched__"] = (WATCH,)


class _Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, fullname, path, target=None):
        del target
        if not fullname.startswith(WATCHED):
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)
        if spec is not None and spec.origin:
            spec.loader = _Loader(fullname, spec.origin)
        return spec


def watched_division(one, other):
    """The quotient, unless it is a binary number."""
    quotient = one / other
    assert not isinstance(quotient, float), f"{one!r} / {other!r} is a binary number"
    return quotient


def watch() -> None:
    """Watch every division of the modules that are imported from now on."""
    assert not [name for name in sys.modules if name.startswith(WATCHED)]
    setattr(builtins, WATCH, watched_division)
    sys.meta_path.insert(0, _Finder())
