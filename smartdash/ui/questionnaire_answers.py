"""The answer to a criterion: what is asked, what stands in the form at first, and what was answered."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import streamlit as st

from smartdash.analysis.condensing import Refusal
from smartdash.analysis.survey_questions import Question, level_names
from smartdash.exchange.numbers import text_from_number
from smartdash.figures.headings import heading
from smartdash.figures.surveys import title
from smartdash.locale import Language
from smartdash.locale.numbers import number
from smartdash.model.maturity import CriterionKind, MaturityModel
from smartdash.model.surveys import Consensus, Effort, Response, ResponseState
from smartdash.ui.drafts import Draft
from smartdash.ui.markdown import plain
from smartdash.ui.questions import typed_number
from smartdash.ui.view import View

_MOST_CHOICES = 11
"""So many levels can be chosen from a list; on a longer scale the level is typed."""

_STATES = {
    ResponseState.NOT_APPLICABLE: "questionnaire.not_applicable",
    ResponseState.DO_NOT_KNOW: "questionnaire.do_not_know",
    ResponseState.MISSING: "questionnaire.open",
}


def is_typed(model: MaturityModel, question: Question) -> bool:
    """Whether a number is typed: a value, or a level of a long scale."""
    return question.criterion.kind is CriterionKind.INDICATOR or model.highest - model.lowest >= _MOST_CHOICES


def answer_fields(answer: Response | Consensus | None, typed: bool, lang: Language) -> dict[str, Any]:
    """What stands in the form for an answer: the chosen level or state, the typed number, target level and effort."""
    if answer is None:
        return {"answer": None if typed else ResponseState.MISSING, "number": "", "target_level": None, "effort": None}
    given = answer.level if answer.value is None else answer.value
    text = text_from_number(Decimal(given), lang) if typed and given is not None else ""
    choice: int | ResponseState | None = answer.state if answer.level is None else answer.level
    if typed and choice not in (ResponseState.NOT_APPLICABLE, ResponseState.DO_NOT_KNOW):
        choice = None
    return {"answer": choice, "number": text, "target_level": answer.target_level, "effort": answer.effort}


def answered(model: MaturityModel, question: Question, values: dict[str, Any]) -> dict[str, Any]:
    """The fields of an answer from what stands in the form.

    Raises:
        Refusal: a typed number is none, or is no level of the model, or stands beside "not applicable".
    """
    choice, text = values["answer"], values["number"].strip()
    state, level, value = ResponseState.ANSWERED, None, None
    if not is_typed(model, question):
        state, level = (choice, None) if isinstance(choice, ResponseState) else (state, choice)
    elif not text:
        state = choice or ResponseState.MISSING
    elif choice is not None:
        raise Refusal("questionnaire.both", state=choice, value=text)
    elif question.criterion.kind is CriterionKind.INDICATOR:
        value = typed_number(text)
    else:
        level = _typed_level(model, text)
    return {
        "state": state,
        "level": level,
        "value": value,
        "target_level": values["target_level"],
        "effort": values["effort"],
    }


def _typed_level(model: MaturityModel, text: str) -> int:
    level = typed_number(text)
    if level != int(level) or not model.lowest <= level <= model.highest:
        raise Refusal("questionnaire.no_level", value=text, lowest=model.lowest, highest=model.highest)
    return int(level)


def ask_answer(view: View, model: MaturityModel, question: Question, draft: Draft) -> None:
    """Ask for the level with what it means beside it, or for the value with its unit and anchors."""
    states = [
        state for state in _STATES if question.criterion.may_not_apply or state is not ResponseState.NOT_APPLICABLE
    ]
    if is_typed(model, question):
        _ask_number(view, model, question, draft, [state for state in states if state is not ResponseState.MISSING])
        return
    names, texts = level_names(model, question, view.lang), _level_texts(question, view.lang)
    st.radio(
        plain(title(question.criterion, view.say)),
        [*names, *states],
        index=None,
        format_func=lambda choice: plain(_choice(view, choice, names)),
        captions=[plain(texts.get(level, "")) for level in names] + [""] * len(states),
        label_visibility="collapsed",
        **draft.bind("answer"),
    )


def _level_texts(question: Question, lang: Language) -> dict[int, str]:
    """What each described level means, in the reader's language."""
    return {one.level: one.text_de if lang == "de" else one.text_en for one in question.levels}


def _choice(view: View, choice: int | ResponseState, names: dict[int, str]) -> str:
    return view.say(_STATES[choice]) if isinstance(choice, ResponseState) else names[choice]


def _ask_number(
    view: View, model: MaturityModel, question: Question, draft: Draft, states: list[ResponseState]
) -> None:
    say, criterion = view.say, question.criterion
    if criterion.kind is CriterionKind.INDICATOR:
        in_unit = f"\u00a0{criterion.measured_in}" if criterion.measured_in else ""
        label = heading(Response, "value", say) + (f" ({criterion.measured_in})" if in_unit else "")
        low, high = number(criterion.anchor_low, view.lang), number(criterion.anchor_high, view.lang)
        hint = say(
            "questionnaire.anchors",
            lowest=str(model.lowest),
            highest=str(model.highest),
            worst=f"{low if criterion.higher_is_better else high}{in_unit}",
            best=f"{high if criterion.higher_is_better else low}{in_unit}",
        )
        hints = [hint]
    else:
        label = f"{heading(Response, 'level', say)} ({model.lowest}–{model.highest})"
        bands, texts = level_names(model, question, view.lang), _level_texts(question, view.lang)
        hints = [say("questionnaire.band", band=bands[level], text=text) for level, text in texts.items()]
    st.text_input(plain(label), max_chars=30, **draft.bind("number"))
    st.caption("  \n".join(plain(hint) for hint in hints))
    st.pills(
        say("questionnaire.instead"),
        states,
        format_func=lambda state: say(_STATES[state]),
        **draft.bind("answer"),
    )


def ask_target(view: View, model: MaturityModel, draft: Draft) -> None:
    """Ask for the target level and the effort for one level more."""
    levels, say = list(range(model.lowest, model.highest + 1)), view.say
    label = heading(Response, "target_level", say)
    if len(levels) > _MOST_CHOICES:
        st.number_input(
            label, min_value=model.lowest, max_value=model.highest, value=None, step=1, **draft.bind("target_level")
        )
    else:
        st.pills(label, levels, **draft.bind("target_level"))
    st.pills(
        heading(Response, "effort", say),
        list(Effort),
        format_func=lambda effort: effort.label(view.lang),
        **draft.bind("effort"),
    )
