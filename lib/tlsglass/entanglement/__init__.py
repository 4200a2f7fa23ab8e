"""How entangled a state is, and who is entangled with whom."""

from tlsglass.entanglement.two_qubits import average_concurrence, concurrence

__all__ = ["average_concurrence", "concurrence"]
