"""Chart of consultations: each step of a paper through the committees on a time axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt

from smartdash.charts.lanes import Label, detail_fields, haloed, label_layers, layered, tooltips
from smartdash.charts.rows import data, y_at
from smartdash.charts.theme import BASE_SIZE
from smartdash.charts.timeline import AS_OF_HEIGHT, Span, as_of_line, instant, time_x
from smartdash.charts.tokens import Tokens

_HEADING = 28
_STEP = 46
_LABEL = 18
_POINT = 80
_LONGEST = 36


@dataclass(frozen=True, slots=True)
class Step:
    """One committee's turn: its name, what it does with the paper, the day, and the text beside the mark."""

    committee: str
    role: str
    day: date
    text: str
    passed: bool
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PaperSteps:
    """A paper with its steps in order."""

    title: str
    steps: tuple[Step, ...]


def consultations_chart(
    papers: Sequence[PaperSteps], span: Span, as_of: date, as_of_text: str, tokens: Tokens
) -> alt.LayerChart:
    """Papers from top to bottom, each with a row per step: solid where passed, hollow where it is still to come."""
    height = sum(_HEADING + _STEP * len(paper.steps) for paper in papers) + AS_OF_HEIGHT
    labels: list[Label] = []
    headings: list[Label] = []
    points: list[dict[str, Any]] = []
    top = 0
    for paper in papers:
        headings.append(Label(paper.title, top + _HEADING / 2 + 3))
        top += _HEADING
        for step in paper.steps:
            labels.append(Label(step.committee, top + _LABEL / 2, step.role, tokens.muted, strong=False))
            points.append(_point(step, top + _LABEL + 9, span, tokens))
            top += _STEP
    layers = [
        *as_of_line(span, as_of, as_of_text, tokens, height),
        *_point_layers(points, papers[0].steps[0].details, span, height, tokens),
        *label_layers(headings, tokens, height),
        *label_layers(labels, tokens, height),
    ]
    return layered(layers, height)


def _point(step: Step, middle: float, span: Span, tokens: Tokens) -> dict[str, Any]:
    return {
        "start": instant(step.day),
        "middle": middle,
        "text": step.text if len(step.text) <= _LONGEST else f"{step.text[: _LONGEST - 1]}…",
        "left": span.share(step.day) < 0.5,
        "fill": tokens.actual_fill if step.passed else tokens.background,
        **detail_fields(step.details),
    }


def _point_layers(
    points: Sequence[dict[str, Any]], details: Mapping[str, str], span: Span, height: int, tokens: Tokens
) -> list[alt.Chart]:
    marks = (
        alt.Chart(data(points))
        .mark_point(shape="circle", filled=True, size=_POINT, stroke=tokens.plan_stroke, strokeWidth=1.5, opacity=1)
        .encode(
            x=time_x(span),
            y=y_at("middle", height),
            fill=alt.Fill("fill:N", scale=None),
            tooltip=tooltips(details),
        )
    )
    texts = []
    for left in sorted({point["left"] for point in points}):
        base = alt.Chart(data([point for point in points if point["left"] is left]))
        texts += haloed(
            base.encode(x=time_x(span), y=y_at("middle", height), text="text:N"),
            tokens,
            align="left" if left else "right",
            dx=10 if left else -10,
            baseline="middle",
            fontSize=BASE_SIZE - 1,
            color=tokens.text,
        )
    return [marks, *texts]
