"""The paper's derivations as small functions that return sympy expressions."""
