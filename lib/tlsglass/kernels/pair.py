"""What the state of a pair takes from the pair itself: populations of each site while the other is off-diagonal.

All elements are kept over the root of the two diagonal elements that they connect, so that the diagonal is 1 and a
site that is nearly in its ground state has no tiny numbers: `<s s_b|rho|s s'_b>` is the product of the coherence of `b`
over `sqrt(p_b q_b)`, of `u_a / p_a` or `d_a / q_a`, and of the spectators.
"""

from tlsglass.kernels.compilation import kernel
from tlsglass.kernels.relaxation import eigenvalues, over_twice, scale
from tlsglass.kernels.rows import SMALLEST_POPULATION
from tlsglass.kernels.separability import E_01, E_02, E_13, E_23, E_OUTER
from tlsglass.kernels.tiles import TILE
from tlsglass.kernels.traces import EARLY, LATE, is_small, shifted_exponentials


@kernel(inline=True, bare=True)
def isolated_populations(E, upper, lower, other, sites, rows, i, b):
    """Write `x u / p` and `x d / q` of one site without dissipation, `x exp(-+ i w t)`, at two places in `E`."""
    for k in range(TILE):
        x = sites.x[other, k]
        re, im = x * rows.cosine[i, b, k], x * rows.sine[i, b, k]
        E[upper + k], E[upper + TILE + k] = re, -im
        E[lower + k], E[lower + TILE + k] = re, im


@kernel(inline=True, bare=True)
def cold_populations(E, upper, lower, own, other, sites, rows, i, b, w, G, m):
    """Write `x u / p` and `x d / q` of one site with dissipation at T = 0.

    There `d = q exp(i w t - G t)`, and `q` has decayed alike: what is left is the phase.
    """
    s = scale(w, G, 0.0)
    w, G = w / s, G / s
    p, q = 0.5 * (1.0 + m), 0.5 * (1.0 - m)
    y_re, y_im = over_twice(-G * q, 0.0, 0.5 * G, -w)
    for k in range(TILE):
        x, cosine, sine, decay = sites.x[other, k], rows.cosine[i, b, k], rows.sine[i, b, k], sites.downward[own, k]
        e_re, e_im = decay * cosine, decay * sine
        over = x / max(sites.p[own, k], SMALLEST_POPULATION)
        E[upper + k] = over * ((p - y_re) * cosine - y_im * sine + y_re * e_re - y_im * e_im)
        E[upper + TILE + k] = over * (-y_im * cosine - (p - y_re) * sine + y_re * e_im + y_im * e_re)
        E[lower + k], E[lower + TILE + k] = x * cosine, x * sine


@kernel(inline=True, bare=True)
def warm_populations(E, upper, lower, own, other, sites, rows, i, b, w, G, f, m, t, latest):
    """Write `x u / p` and `x d / q` of one site with dissipation at T > 0."""
    s = scale(w, G, f)
    slow, shift_re, shift_im, half_re, half_im = eigenvalues(w / s, G / s, f)
    p, q = 0.5 * (1.0 + m), 0.5 * (1.0 - m)
    y_re, y_im = over_twice(p * shift_re - G / s * (1.0 + f) * q, p * shift_im, half_re, half_im)
    z_re, z_im = over_twice(q * shift_re + G / s * f * p, q * shift_im, half_re, half_im)
    slow, shift_re, shift_im = s * slow, s * shift_re, s * shift_im
    fast = -G * (1.0 + 2.0 * f) - slow
    size = EARLY if is_small(shift_re, shift_im, latest) else LATE
    for k in range(TILE):
        slow_re, slow_im, fast_re, fast_im = shifted_exponentials(
            size, slow, fast, shift_re, shift_im, sites.upward[own, k], sites.downward[own, k], t[k]
        )
        cosine, sine = rows.cosine[i, b, k], rows.sine[i, b, k]
        slow_re, slow_im = slow_re * cosine + slow_im * sine, slow_im * cosine - slow_re * sine
        fast_re, fast_im = fast_re * cosine - fast_im * sine, fast_im * cosine + fast_re * sine
        over_p = sites.x[other, k] / max(sites.p[own, k], SMALLEST_POPULATION)
        over_q = sites.x[other, k] / max(sites.q[own, k], SMALLEST_POPULATION)
        E[upper + k] = over_p * ((p - y_re) * slow_re + y_im * slow_im + y_re * fast_re - y_im * fast_im)
        E[upper + TILE + k] = over_p * ((p - y_re) * slow_im - y_im * slow_re + y_re * fast_im + y_im * fast_re)
        E[lower + k] = over_q * (z_re * slow_re - z_im * slow_im + (q - z_re) * fast_re + z_im * fast_im)
        E[lower + TILE + k] = over_q * (z_re * slow_im + z_im * slow_re + (q - z_re) * fast_im - z_im * fast_re)


@kernel(inline=True, bare=True)
def fill_pair(E, rows, i, b, a, sites, J, G, f, m, t, latest):
    """Write what the state of the pair `a, b` takes from the pair itself into `E`, shape (9 TILE,).

    The phase `4 J_ab t` is in row `i`, that of site `a`, at place `b`.
    """
    for k in range(TILE):
        E[E_OUTER + k] = sites.x[a, k] * sites.x[b, k]
    for side in range(2):
        own, other = (a, b) if side == 0 else (b, a)
        upper, lower = (E_01, E_23) if side == 0 else (E_02, E_13)
        if G is None:
            isolated_populations(E, upper, lower, other, sites, rows, i, b)
        elif f is None:
            cold_populations(E, upper, lower, own, other, sites, rows, i, b, 4.0 * J[a, b], G[own], m[own])
        else:
            warm_populations(
                E, upper, lower, own, other, sites, rows, i, b, 4.0 * J[a, b], G[own], f[own], m[own], t, latest
            )
