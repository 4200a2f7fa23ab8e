"""What a reader's own function is: its code and all that it uses, in words that are the same in every process.

A function, or a class, of the reader's own module is its code; one of another module is its name there. Anything else
is what `pickle` would keep of it, with the elements of sets and dicts in an order that does not depend on the process.
"""

import copyreg
import dis
import functools
import hashlib
import inspect
import pickle
import types

from tlsglass._checks import shown

PLAIN = (type(None), bool, int, float, complex, str, type(...), type(NotImplemented))
FUNCTIONS = (types.FunctionType, staticmethod, classmethod, property)
WRAPPERS = (staticmethod, classmethod, functools._lru_cache_wrapper)


class NoDescription(ValueError):
    """A function uses something that cannot be described."""


def digest(text: str) -> str:
    """Return a short hash of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def own_module(function) -> str | None:
    """Name of the module that a function, a method, an object or a partial function belongs to."""
    return getattr(unwrapped(function), "__module__", None)


def unwrapped(function):
    """Return the function of which some arguments were given beforehand by `functools.partial`."""
    return unwrapped(function.func) if isinstance(function, functools.partial) else function


class Description:
    """Describes values that a function of the module `module` uses.

    Each object is described once, so that those that contain themselves have an end. They are kept meanwhile: a new
    object at the place of an old one would be taken for it.
    """

    def __init__(self, module: str | None, seen: dict | None = None, depth: int = 0):
        self.module, self.seen, self.depth = module, seen or {}, depth

    def of(self, value, name: str) -> str:
        """Return what `value` is.

        Parameters
        ----------
        value : any
        name : str
            Of the variable that it is, or is in.

        Raises
        ------
        NoDescription
            Naming the variable.
        """
        if type(value) in PLAIN:
            return f"{type(value).__name__} {value!r}"
        if id(value) not in self.seen:
            self.seen[id(value)] = value, f"inside of itself, {self.depth} levels down"
            self.depth += 1
            self.seen[id(value)] = value, digest(repr(self._parts(value, name)))
            self.depth -= 1
        return self.seen[id(value)][1]

    def _parts(self, value, name):
        kind = type(value)
        if kind in (tuple, list):
            return kind.__name__, [self.of(x, name) for x in value]
        if kind in (set, frozenset):
            return kind.__name__, sorted(self._alone(x, name) for x in value)
        if kind in (dict, types.MappingProxyType):
            keys = sorted((self._alone(key, name), i, key) for i, key in enumerate(value))
            return kind.__name__, [(words, self.of(value[key], name)) for words, _, key in keys]
        if kind is bytes:
            return kind.__name__, hashlib.sha256(value).hexdigest()
        if kind is types.CodeType:
            return self._code(value, name)
        if kind is types.ModuleType:
            return kind.__name__, value.__name__
        if (place := self._elsewhere(value)) is not None:
            return place
        if kind is types.FunctionType:
            return self._function(value)
        if isinstance(value, type):
            return self._class(value)
        if kind is types.MethodType:
            return self.of(value.__func__, name), self.of(value.__self__, name)
        if hasattr(value, "py_func"):  # compiled by numba
            return kind.__name__, self.of(value.py_func, name), self.of(getattr(value, "targetoptions", None), name)
        if kind in WRAPPERS:
            return kind.__name__, self.of(value.__wrapped__, name)
        if kind is property:
            return kind.__name__, [self.of(x, name) for x in (value.fget, value.fset, value.fdel)]
        if kind is functools.cached_property:
            return kind.__name__, self.of(value.func, name)
        return self._kept(value, name)

    def _alone(self, value, name):
        """Describe an element of a set whichever others were described before: their order is not always the same."""
        if type(value) in PLAIN:
            return self.of(value, name)
        return Description(self.module, dict(self.seen), self.depth).of(value, name)

    def _elsewhere(self, value):
        """Full name of a function or a class of another module; None if it is ours, or not to be found by its name."""
        module, name = getattr(value, "__module__", None), getattr(value, "__qualname__", None)
        if not isinstance(module, str) or not isinstance(name, str) or module == self.module:
            return None
        found = inspect.getmodule(value)
        for part in name.split("."):
            found = getattr(found, part, None)
        return f"{module}.{name}" if found is value else None

    def _function(self, function):
        name, code, names = function.__qualname__, function.__code__, function.__globals__
        cells = zip(code.co_freevars, function.__closure__ or (), strict=True)
        return (
            self._code(code, name),
            [self.of(x, name) for x in (function.__defaults__, function.__kwdefaults__, vars(function))],
            [(n, self.of(_content(cell), n)) for n, cell in cells],
            [(n, self.of(names[n], n)) for n in sorted(_globals(code)) if n in names],
        )

    def _code(self, code, name):
        """Arguments, and instructions with what they work on: no docstring, and no numbers of lines."""
        flags = code.co_flags & (inspect.CO_VARARGS | inspect.CO_VARKEYWORDS)
        counts = code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, flags
        steps = [(step.opname, self.of(step.argval, name)) for step in dis.get_instructions(code)]
        return counts, code.co_varnames, steps, code.co_exceptiontable

    def _class(self, cls):
        """Its bases, functions and values; not what Python adds to every class."""
        kept = {n: v for n, v in vars(cls).items() if isinstance(v, FUNCTIONS) or not n.startswith("__")}
        names = sorted(n for n in kept if n != "_abc_impl" and not n.startswith("__annotat"))
        above = [self.of(x, cls.__qualname__) for x in (type(cls), cls.__bases__)]
        return cls.__qualname__, above, [(n, self.of(kept[n], f"{cls.__qualname__}.{n}")) for n in names]

    def _kept(self, value, name):
        kind = type(value)
        try:
            reduce = copyreg.dispatch_table.get(kind)
            kept = reduce(value) if reduce else value.__reduce_ex__(4)
            if isinstance(kept, str):  # a name: pickle looks whether it is one
                return kind.__qualname__, kept, bool(pickle.dumps(value))
        except Exception as error:  # whatever the methods of a reader's object raise
            raise NoDescription(
                f"it uses {name} = {shown(value)}, of which nothing can say whether it has changed ({error})"
            ) from error
        make, arguments, state, elements, pairs = (*kept, None, None, None)[:5]
        parts = [make, arguments, state, list(elements or ()), dict(pairs or ())]
        return kind.__qualname__, [self.of(x, name) for x in parts]


def _content(cell):
    try:
        return cell.cell_contents
    except ValueError:  # a variable that has no value yet
        return ...


def _globals(code: types.CodeType) -> set[str]:
    """Names that a function, or one inside of it, looks up in its module."""
    own = {step.argval for step in dis.get_instructions(code) if "GLOBAL" in step.opname or step.opname == "LOAD_NAME"}
    inner = [constant for constant in code.co_consts if isinstance(constant, types.CodeType)]
    return own.union(*map(_globals, inner))
