"""When somebody who typed wrong keys may try again; it slows down guessing and hardly anybody who mistypes."""

from __future__ import annotations

from collections.abc import Iterable

MOST_WRONG = 5
"""So many wrong keys are allowed within the time."""
WITHIN = 600.0
"""Seconds for which a wrong key counts."""


def still_counting(wrong: Iterable[float], now: float) -> list[float]:
    """The moments of wrong keys that still count, oldest first; all in seconds of one clock."""
    return sorted(at for at in wrong if now - WITHIN < at)


def seconds_to_wait(wrong: Iterable[float], now: float) -> float:
    """How long nobody may try, from the moments of wrong keys: until fewer than allowed count; 0: not at all."""
    recent = still_counting(wrong, now)
    return recent[-MOST_WRONG] + WITHIN - now if len(recent) >= MOST_WRONG else 0.0
