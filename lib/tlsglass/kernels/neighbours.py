"""In which order the spectators of a pair are multiplied: the strongest neighbours of both sites first."""

from tlsglass.kernels.compilation import kernel

NEAR = 6  # neighbours of each site in the first stage; 4 + 4 or 8 + 8 are slower by 5 to 10 %


@kernel(bare=True)
def find_nearest(J, near):
    """Write the strongest neighbours of the first sites, the strongest first, into `near`, one row a site."""
    for a in range(near.shape[0]):
        found = 0
        for j in range(J.shape[1]):
            if j == a:
                continue
            place = found
            while place > 0 and abs(J[a, near[a, place - 1]]) < abs(J[a, j]):
                place -= 1
            if place == near.shape[1]:
                continue
            found = min(found + 1, near.shape[1])
            for n in range(found - 1, place, -1):
                near[a, n] = near[a, n - 1]
            near[a, place] = j


@kernel(inline=True, bare=True)
def strongest(near, a, b, order):
    """Write the strongest neighbour of `a` but `b` into `order`; return 1, or 0 if there is none."""
    if near[a, 0] != b:
        order[0] = near[a, 0]
    elif near.shape[1] > 1:
        order[0] = near[a, 1]
    else:
        return 0
    return 1


@kernel(inline=True, bare=True)
def nearest_first(near, a, b, order, seen):
    """Write the strongest neighbours of `a` and of `b`, each once, into `order`; return how many there are.

    `seen`, shape (N,), is True for them and for `a` and `b` afterwards.
    """
    seen[:] = False
    seen[a] = seen[b] = True
    count = 0
    for site in (a, b):
        for n in range(near.shape[1]):
            j = near[site, n]
            if not seen[j]:
                seen[j] = True
                order[count] = j
                count += 1
    return count


@kernel(bare=True)
def all_others(order, seen, count):
    """Append all sites that are not `seen` to the `count` sites in `order`."""
    for j in range(seen.size):
        if not seen[j]:
            order[count] = j
            count += 1
