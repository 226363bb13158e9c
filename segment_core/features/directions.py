"""Directions: a wide space folded into the few directions in which its rows differ most."""

import numpy as np
from numpy.typing import NDArray

N_DIRECTIONS = 32
"""Directions kept of an encoder's space: enough for the themes, few enough that noise does not add up."""


def main_directions(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return rows (n, d), centred, along their principal directions (n, at most 32), with signs that never change."""
    middle, directions = directions_of(matrix)
    return np.asarray((matrix - middle) @ directions)


def directions_of(matrix: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the mean (d,) of rows and their principal directions (d, at most 32), with signs that never change."""
    from threadpoolctl import threadpool_limits

    middle = matrix.mean(axis=0)
    centred = matrix - middle
    covariance = centred.T @ centred / len(centred)
    # The covariance is small (d × d), so its exact eigenvectors cost less than a decomposition of all rows. Several
    # threads wait for each other at every step: on a busy machine that takes twenty times as long as one.
    with threadpool_limits(limits=1, user_api="blas"):
        variances, directions = np.linalg.eigh(covariance)
    kept = directions[:, ::-1][:, :N_DIRECTIONS]
    kept = kept[:, variances[::-1][:N_DIRECTIONS] > 1e-10]
    # An eigenvector's sign is arbitrary; its largest part is made positive, so that runs agree.
    signs = np.sign(kept[np.abs(kept).argmax(axis=0), np.arange(kept.shape[1])])
    return middle, np.asarray(kept * signs)
