"""Write the hashes that :mod:`tlsbook.check` compares with: `python -m tlsbook.answers [LABEL ...]`.

What is asked stands in a table (`tests/book/answers.yml`, which no student gets), with an expression in the names of
the chapter. It is evaluated after the solution; of the chapter, only those statements run that the expression needs.
"""

import ast
import builtins
import hashlib
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace

import yaml

from tlsbook.chapters import Chapter, chapters
from tlsbook.check import ANSWERS, hashed, keys, real_numbers
from tlsbook.place import book_here

TABLE = Path("tests/book/answers.yml")
IMPORTS = (ast.Import, ast.ImportFrom)
SHOWING = {"glue", "show", "print"}  # they change nothing of what they receive


def table(root: Path) -> dict[str, dict]:
    """What is asked, by the label of the exercise."""
    return yaml.safe_load((root / TABLE).read_text("utf8"))


def statements(chapter: Chapter, label: str) -> list[ast.stmt]:
    """Statements of a chapter up to the end of the solution of an exercise.

    Raises
    ------
    ValueError
        If the chapter has no such solution.
    """
    found, inside = [], None
    for cell in chapter.cells:
        if cell.cell_type == "code":
            found += ast.parse(cell.source).body
        for line in cell.source.splitlines() if cell.cell_type == "markdown" else ():
            if "{solution-start}" in line:
                inside = line.split()[-1]
            elif "{solution-end}" in line:
                if inside == label:
                    return found
    raise ValueError(f"label = {label!r} is not allowed: {chapter.name} has no solution of it")


def needed(body: Iterable[ast.stmt], expression: str) -> list[ast.stmt]:
    """Statements without which the expression cannot be evaluated, found backwards by the names that they change.

    A call may change all that it receives, and what it is a method of; only what is imported is taken to stay as it
    is. A change through a second name of the same value is not seen.

    Examples
    --------
    >>> body = ast.parse("a = 1; b = []; c = a; b.append(c); last = b.pop(); show(c)").body
    >>> [ast.unparse(statement) for statement in needed(body, "b")]
    ['a = 1', 'b = []', 'c = a', 'b.append(c)', 'last = b.pop()']
    """
    body = list(body)
    fixed = set(dir(builtins)).union(*(_made(statement) for statement in body if isinstance(statement, IMPORTS)))
    functions = {statement.name: _read(statement) for statement in body if isinstance(statement, ast.FunctionDef)}
    wanted, kept = _when_called(_read(ast.parse(expression)), functions), []
    for statement in reversed(body):
        made, changed = _made(statement), _changed(statement) - fixed
        if wanted & (made | changed):
            kept.append(statement)
            wanted = (wanted - made) | _when_called(_read(statement), functions)
    return kept[::-1]


def _read(tree):
    """Names that must be there before: `x += 1` reads x too."""
    nodes = list(ast.walk(tree))
    added_to = [node.target for node in nodes if isinstance(node, ast.AugAssign)]
    names = [node for node in nodes if isinstance(node, ast.Name)]
    return {name.id for name in names if name in added_to or not isinstance(name.ctx, ast.Store)}


def _when_called(names, functions):
    """Names, and what the functions among them read when they are called, which may be later than they were made."""
    found, todo = set(), set(names)
    while todo:
        name = todo.pop()
        found.add(name)
        todo |= functions.get(name, set()) - found
    return found


def _made(statement):
    """Names that a statement sets without looking at what they were."""
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        return {statement.name}
    if isinstance(statement, IMPORTS):
        return {(alias.asname or alias.name).split(".")[0] for alias in statement.names}
    if isinstance(statement, ast.Assign):
        parts = [node for target in statement.targets for node in ast.walk(target)]
        return {part.id for part in parts if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
    return set()


def _changed(statement):
    """Names whose values a statement may change: by `x[0] = `, `x += `, in a loop, or by a call, `f(x)`, `x.pop()`."""
    names = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, (ast.Subscript, ast.Attribute)) and not isinstance(node.ctx, ast.Load):
            names |= {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
        elif isinstance(node, ast.Call) and getattr(node.func, "id", None) not in SHOWING:
            names |= _read(node)
    return set() if isinstance(statement, (ast.FunctionDef, ast.ClassDef)) else names


def answer(chapter: Chapter, label: str, expression: str) -> list[float]:
    """Numbers that the solution of an exercise gives."""
    code = ast.Module(needed(statements(chapter, label), expression), type_ignores=[])
    names = {"glue": lambda *_, **__: None}
    before, sys.modules["myst_nb"] = sys.modules.get("myst_nb"), SimpleNamespace(**names)
    try:
        exec(compile(code, chapter.name, "exec"), names)  # the book's own cells
        return real_numbers(eval(expression, names))
    finally:
        if before is None:
            del sys.modules["myst_nb"]
        else:
            sys.modules["myst_nb"] = before


def record(label: str, asked: dict, values: list[float]) -> dict:
    """What `answers.json` says of an exercise."""
    salt = hashlib.sha256(label.encode()).hexdigest()[:16]  # the same at every writing
    hashes = [hashed(keys(value, asked["digits"])[0], salt) for value in values]
    return {"asks": asked["asks"], "hint": asked["hint"], "digits": asked["digits"], "salt": salt, "hashes": hashes}


def main(labels: list[str] | None = None) -> None:
    """Command line: the exercises named, or all."""
    root = book_here(TABLE)
    asked = table(root)
    wanted = labels or sys.argv[1:] or list(asked)
    for label in wanted:
        if label not in asked:
            sys.exit(f"label = {label!r} is not allowed: it must be one of {', '.join(asked)}")
    records = json.loads(ANSWERS.read_text("utf8"))
    for chapter in chapters(root):
        for label in wanted:
            if f":label: {label}\n" in chapter.text:
                records[label] = record(label, asked[label], answer(chapter, label, asked[label]["value"]))
    kept = {label: records[label] for label in asked if label in records}
    ANSWERS.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf8")


if __name__ == "__main__":
    main()
