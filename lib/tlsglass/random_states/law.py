"""The exact law of the concurrence of random states: how large, how probable, and on average.

The two-site state of a random state has the density `det(rho)^(K - 4)`. Entangled states have a small determinant,

    det(rho) <= (1 + C) (1 - C)^3 / 432   if C(rho) > 0,

while separable ones reach `1 / 256`: hence the decay `(256 / 432)^K = (16 / 27)^K` of everything entangled. The average
itself is a threefold integral, see :func:`log_mean_concurrence`.
"""

import numpy as np
from scipy.special import betaln, gammaln

from tlsglass._checks import between, integer, positive
from tlsglass._signatures import checked
from tlsglass.random_states.quadrature import beta_nodes

LARGEST = 2**40  # dimension beyond which rounding leaves nothing of what the exact law adds to its asymptote
DECAY = np.log(27 / 16) / 4  # the constant a of <C> ~ exp(-a 2^N), since K = 2^N / 4


@checked
def environment_dimension(n_tls: int) -> int:
    """Dimension `K = 2^(N - 2)` of what is traced out to leave two of `n_tls` spins.

    Raises
    ------
    ValueError
        If `n_tls` is not an integer >= 2.
    """
    return 2 ** (integer("n_tls", n_tls, 2, 1000) - 2)


@checked
def largest_determinant(concurrence: float) -> float:
    """Supremum of `det(rho)` over the two-qubit states of a concurrence: `(1 + C) (1 - C)^3 / 432`.

    Parameters
    ----------
    concurrence : float
        In (0, 1]. At 0 the value would be that of the edge of the entangled states, `(16/27) 4^-4`, while separable
        states reach `4^-4`.

    Raises
    ------
    ValueError
        If `concurrence` is outside its range.
    """
    C = between("concurrence", positive("concurrence", concurrence), 0, 1)
    return (1 + C) * (1 - C) ** 3 / 432


@checked
def log_asymptote(environment_dimension: int) -> float:
    """Logarithm of `(sqrt(3) / 2) (16/27)^K`, to which `<C>` tends for large `K`.

    Raises
    ------
    ValueError
        If `environment_dimension` is not an integer >= 1.
    """
    K = integer("environment_dimension", environment_dimension, 1, LARGEST)
    return float(np.log(np.sqrt(3) / 2) + K * np.log(16 / 27))


@checked
def log_probability_entangled(environment_dimension: int) -> float:
    """Logarithm of the probability that two qubits of a random state are entangled.

    `P = 3 4^(K-1) (2 K^2 - 2 K + 1) Gamma(K - 1/2) (2 K)! / (sqrt(pi) (3 K)!)`, which tends to `sqrt(3) K (16/27)^K`.
    It was found from rational values at small `K`, not derived (P. B. Slater and C. F. Dunkl, Adv. Math. Phys. 2015,
    621353); the integral of :func:`log_moment` confirms it.

    Raises
    ------
    ValueError
        If `environment_dimension` is not an integer >= 1.

    Examples
    --------
    >>> import numpy as np
    >>> from tlsglass.random_states.law import log_probability_entangled
    >>> round(float(np.exp(log_probability_entangled(4))) * 33, 12)
    25.0
    """
    K = integer("environment_dimension", environment_dimension, 1, LARGEST)
    log_gammas = gammaln(K - 0.5) + gammaln(2 * K + 1) - gammaln(3 * K + 1)
    return float(np.log(3 * (2 * K**2 - 2 * K + 1) / np.sqrt(np.pi)) + (K - 1) * np.log(4) + log_gammas)


@checked
def log_mean_concurrence(environment_dimension: int) -> float:
    """Logarithm of the average concurrence of two qubits of a random state, without a statistical error.

    Parameters
    ----------
    environment_dimension : int
        `K = 2^(N - 2)` for `N` spins, at least 4.

    Returns
    -------
    float
        To 1e-10 from `K = 8` on; to 1e-5 at `K = 4`. From `K = 1e6` on, the rounding of `K ln(16/27)` is larger.

    Raises
    ------
    ValueError
        If `environment_dimension` is not an integer >= 4.

    Examples
    --------
    >>> from tlsglass.random_states.law import log_asymptote, log_mean_concurrence
    >>> round(log_mean_concurrence(64) - log_asymptote(64), 6)
    0.01298
    """
    return log_moment(environment_dimension, 1)


@checked
def concurrence_per_site(n_tls: int) -> float:
    """Average concurrence per site, Eq. (28), of random states of `n_tls` spins: `(N - 1) / 2` times that of a pair.

    Parameters
    ----------
    n_tls : int
        At least 4.

    Returns
    -------
    float
        Without a statistical error; 0 where it is too small for a float, from `N = 13` on.

    Raises
    ------
    ValueError
        If `n_tls` is not an integer >= 4.
    """
    n = integer("n_tls", n_tls, 4, 40)
    return float((n - 1) / 2 * np.exp(log_mean_concurrence(environment_dimension(n))))


@checked
def log_moment(environment_dimension: int, power: int) -> float:
    """Logarithm of the mean of `C^power` over entangled states; `power = 0` gives their probability.

    An entangled state is `(1 x A) M (1 x A)^+`, where `A` minimises `<Phi| (1 x A)^+ rho^T (1 x A) |Phi>`, the partial
    transpose in a Bell state; `M` is then made of a real symmetric 4 x 4 matrix. The integrals over `A`, the scale and
    all angles can be done. What is left are three: `c`, twice which is the concurrence; the fraction `x` of a diagonal
    element in the trace of a 3 x 3 block; the square `v` of a Bloch vector, in units of its largest value.

    Parameters
    ----------
    environment_dimension : int
        At least 4.
    power : int
        At least 0.

    Raises
    ------
    ValueError
        If an argument is outside its range.
    """
    K = integer("environment_dimension", environment_dimension, 4, LARGEST)
    n = integer("power", power, 0, 1000)
    a, p = K - 1.5, 4 * K + n
    n_nodes = 100 if K < 8 else 64 if K < 16 else 30  # small K feel the corner where the pure states sit
    (c, w_c), (x, w_x), (v, w_v) = (beta_nodes(n_nodes, *shape) for shape in ((n + 1, 2 * a), (a, 2 * a), (1.5, K - 3)))
    c, x = c[:, None, None], x[:, None]
    log_rest = a * np.log1p(-c) + (K - 2.5) * np.log1p(c) - p / 2 * np.log1p(-(1 - c**2) * x * v)
    largest = log_rest.max()
    rest = np.exp(log_rest - largest) * _mean_jacobian(c, x, v, a)
    log_integral = largest + np.log(np.einsum("ijk,i,j,k->", rest, w_c, w_x, w_v))
    log_measure = n * np.log(2) + betaln(n + 1, 2 * a) + betaln(1.5, K - 3) - np.log(2)
    log_wishart = 1.5 * np.log(np.pi) + gammaln(a) + gammaln(a - 0.5) + gammaln(a - 1) - gammaln(3 * a)
    log_scale = gammaln(p / 2) + gammaln(p / 2 - 1) + np.log(np.pi**4 / 2)
    log_norm = 6 * np.log(np.pi) + sum(gammaln(K - i) for i in range(4)) + gammaln(p) - gammaln(4 * K)
    return float(log_integral + log_measure + log_wishart + log_scale - log_norm)


def _mean_jacobian(c, x, v, a):
    """Jacobian of the coordinates, averaged over what is left of the 3 x 3 block: `w + s` its trace, `delta` a minor.

    The four numbers `mu` are the `lambda` of Wootters with signs + - - -, and `s1 ... s4` their elementary symmetric
    polynomials; the Jacobian is `-prod (mu_i + mu_j)`.
    """
    alpha, b = 1 - c, 1 + c
    g, y = alpha * x, alpha * (1 - x)
    total = 0.0
    for r, weight_r in zip(*beta_nodes(3, 1.0, 2 * a - 1), strict=True):  # polynomials of degree 4 in r, ...
        for u, weight_u in zip(*beta_nodes(2, a - 1, 1.0), strict=True):  # ... and 2 in u: exact
            w, s = y * r, y * (1 - r)
            delta = u * s**2 / 4
            X, X2 = w * s / 2, w**2 * (3 * s**2 / 8 - delta / 2)  # mean and mean square of a product of two vectors
            s1, s4 = 2 * c, -g * delta * b * (1 - v)
            s3 = b * (g * s * (1 - v) + delta) - g * delta  # without b X
            s2 = g * s + delta - b * alpha + b * v * g  # without X
            squares = s3**2 + 2 * b * s3 * X + b**2 * X2
            products = s2 * s3 + (s3 + b * s2) * X + b * X2
            total = total + weight_r * weight_u * (squares - s1 * products + s1**2 * s4)
    return total
