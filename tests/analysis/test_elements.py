from __future__ import annotations

from datetime import date

import pytest

from smartdash.analysis.elements import reasons, states
from smartdash.model.workshops import ElementLevel, ElementState, StateChange, StrategyElement

ELEMENT = StrategyElement(
    programme="x", key="M", title="M", level=ElementLevel.MEASURE, state=ElementState.REJECTED, reason="Zu teuer."
)


def change(day: int, state: str, reason: str | None = None, element: str = "M") -> StateChange:
    return StateChange(
        programme="x", element=element, changed_on=date(2026, 1, day), state=ElementState(state), reason=reason
    )


@pytest.mark.parametrize(
    ("changes", "state", "reason"),
    [
        ([], "rejected", "Zu teuer."),
        ([change(1, "agreed")], "agreed", None),
        ([change(9, "adopted"), change(1, "agreed", "Breite Zustimmung.")], "adopted", None),
        ([change(1, "adopted"), change(9, "rejected", "Aufgehoben.")], "rejected", "Aufgehoben."),
        (
            [change(1, "agreed"), change(9, "condensed", "Offene Fragen.")],
            "condensed",
            "Offene Fragen.",
        ),
        ([change(1, "adopted"), change(1, "agreed"), change(1, "condensed")], "adopted", None),
        ([change(1, "adopted", element="other")], "rejected", "Zu teuer."),
    ],
    ids=["none", "one", "newest", "rejected later", "step back", "three on one day", "of another element"],
)
def test_the_newest_change_decides_and_carries_its_own_reason(
    changes: list[StateChange], state: str, reason: str | None
) -> None:
    assert states([ELEMENT], changes) == {"M": ElementState(state)}
    assert reasons([ELEMENT], changes) == {"M": reason}
