"""Wrong keys of questionnaires, counted for all sessions together in the memory of the server and nowhere else."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable

import streamlit as st

from smartdash.analysis.guessing import seconds_to_wait, still_counting
from smartdash.ui.questionnaire_reading import Invited

Form = tuple[str, str, str]
"""Programme, wave and unit: the colleagues of another unit need not wait for somebody who guesses."""


@st.cache_resource(max_entries=1, show_spinner=False)
def _wrong() -> tuple[threading.Lock, dict[Form, list[float]]]:
    return threading.Lock(), {}


def attempt(form: Form, find: Callable[[], Invited | None]) -> tuple[Invited | None, int]:
    """Whom `find` finds, and 0; or None and the minutes to wait, in which case nobody is looked for.

    Only one attempt runs at a time, so that many sessions at once cannot try more than one could.
    """
    lock, wrong = _wrong()
    with lock:
        now = time.monotonic()
        recent = still_counting(wrong.get(form, ()), now)
        if seconds := seconds_to_wait(recent, now):
            return None, math.ceil(seconds / 60)
        found = find()
        wrong[form] = recent if found else [*recent, now]
    return found, 0
