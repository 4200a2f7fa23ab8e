"""Observables of half systems, averaged over the bubbles of Sec. IV B, per TLS and in nats."""

import numpy as np

from tlsglass._signatures import checked
from tlsglass.dynamics import System
from tlsglass.ensembles.observables import Observable, OneByOne
from tlsglass.entanglement import bubbles


@checked
def entropy_per_tls(tls: System, time: np.ndarray) -> np.ndarray:
    """Half-system entropy over the number of TLSs, `S_E(t) / N`, Eq. (29), in nats, shape (T,)."""
    return bubbles.half_system_entropy(tls, time) / tls.n_tls


@checked
def negativity_per_tls(tls: System, time: np.ndarray) -> np.ndarray:
    """Logarithmic negativity of the halves over the number of TLSs, in nats, shape (T,)."""
    return bubbles.half_system_negativity(tls, time) / tls.n_tls


@checked
def mutual_information_per_tls(tls: System, time: np.ndarray) -> np.ndarray:
    """Renyi-2 mutual information of the halves over the number of TLSs, in nats, shape (T,)."""
    return bubbles.half_system_mutual_information(tls, time) / tls.n_tls


@checked
def renyi2_per_tls(tls: System, time: np.ndarray) -> np.ndarray:
    """Second Renyi entropy of one bubble over the number of TLSs, estimated by a particle filter, shape (T,)."""
    return bubbles.estimated_renyi2(tls, time) / tls.n_tls


def _observable(name, words, function):
    return Observable(name, words, 1, OneByOne(function, name), in_threads=True)


ENTROPY = _observable("entropy", "half-system entropy S_E / N, Eq. (29), in nats", entropy_per_tls)
NEGATIVITY = _observable("negativity", "logarithmic negativity of the halves over N, in nats", negativity_per_tls)
MUTUAL_INFORMATION = _observable(
    "mutual_information", "Renyi-2 mutual information of the halves over N, in nats", mutual_information_per_tls
)
RENYI2 = _observable("renyi2", "second Renyi entropy of one bubble over N, in nats", renyi2_per_tls)
