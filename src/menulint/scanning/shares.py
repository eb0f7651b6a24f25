"""Shares of sites with their uncertainty, as a content analysis reports them."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

CONFIDENCE = 0.95


def wilson(n: int, of: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The Wilson score interval for a proportion, without correction for continuity: lower and upper bound, 0 to 1.

    Wilson EB. Probable inference, the law of succession, and statistical inference. J Am Stat Assoc 1927;22:209-212.
    Recommended for small samples and shares near 0 or 1: Newcombe RG. Two-sided confidence intervals for the single
    proportion. Stat Med 1998;17:857-872.

    Args:
        n: how many have the property.
        of: how many there are; without any, nothing is known and the interval is 0 to 1.
        confidence: between 0 and 1.

    Raises:
        ValueError: ``n`` is not between 0 and ``of``.
    """
    if not 0 <= n <= of:
        raise ValueError(f"{n} of {of} is no share")
    if not of:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, weight = n / of, z * z / of
    middle = share + weight / 2
    reach = z * sqrt((share * (1 - share) + weight / 4) / of)
    low, high = ((middle + sign * reach) / (1 + weight) for sign in (-1, 1))
    return (0.0 if n == 0 else low), (1.0 if n == of else high)
