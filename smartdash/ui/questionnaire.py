"""Questionnaire: an invited person answers dimension by dimension, stores each of them, and may change it later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from smartdash.analysis.condensing import Refusal
from smartdash.analysis.survey_questions import Question
from smartdash.figures.headings import heading
from smartdash.figures.surveys import title
from smartdash.locale.numbers import day
from smartdash.model.maturity import Dimension
from smartdash.model.surveys import Response, ResponseState
from smartdash.ui.drafts import Draft
from smartdash.ui.markdown import plain
from smartdash.ui.questionnaire_answers import answer_fields, answered, ask_answer, ask_target, is_typed
from smartdash.ui.questionnaire_entry import DRAFTS, close_questionnaire, open_questionnaire
from smartdash.ui.questionnaire_reading import Questionnaire, read_questionnaire, read_surveys
from smartdash.ui.questions import new_record
from smartdash.ui.style import scroll_to
from smartdash.ui.view import View
from smartdash.ui.writing import Signature, fresh, hindrance, refuse, show_done, working_day, write

_AT = "questionnaire_at"
_DRAWN = "questionnaire_drawn"
_SEEN = "questionnaire_seen"
_WIDGET = "questionnaire_dimension"
_TEXTS = ("evidence", "evidence_link", "comment")
_MORE = ("target_level", "effort", *_TEXTS, "evidence_date")


@dataclass(frozen=True, slots=True)
class Filled:
    """A question as it stands in the form: the record to store (None: nothing to store yet), or what is wrong."""

    question: Question
    draft: Draft
    record: Response | None
    refusal: Refusal | None
    unsaved: bool

    @property
    def done(self) -> bool:
        """Whether there is an answer, if only "not applicable" or "do not know"."""
        return self.record is not None and self.record.state is not ResponseState.MISSING


def questionnaire(view: View) -> None:
    """The whole page below its heading; where nobody can answer, why."""
    say = view.say
    if view.presentation:
        st.info(say("questionnaire.not_in_presentation"), icon=":material/info:")
        return
    if reason := hindrance(view):
        st.info(reason, icon=":material/info:")
        return
    show_done()
    surveys = read_surveys(view)
    if not surveys.waves:
        st.info(say("questionnaire.no_wave"), icon=":material/info:")
        return
    invited = open_questionnaire(view, surveys)
    if invited is None:
        return
    sheet = read_questionnaire(view, invited)
    if sheet is None:
        close_questionnaire()
        st.error(say("questionnaire.withdrawn"), icon=":material/key_off:")
        return
    _fill_in(view, sheet, surveys.units.get(invited.unit, invited.unit))


def _fill_in(view: View, sheet: Questionnaire, unit: str) -> None:
    # The revision that was seen at first: what another window stored meanwhile is not overwritten unseen.
    st.session_state.setdefault(fresh(_SEEN), sheet.revision)
    say, filled = view.say, [_filled(view, sheet, question) for question in sheet.questions]
    st.markdown(f"### {plain(sheet.wave.title)}")
    with st.container(horizontal=True, vertical_alignment="center"):
        until = day(sheet.wave.end, view.lang)
        st.markdown(plain(say("questionnaire.who", unit=unit, respondent=sheet.invited.respondent, day=until)))
        st.button(say("questionnaire.close"), icon=":material/logout:", type="tertiary", on_click=close_questionnaire)
    done, unsaved = sum(one.done for one in filled), sum(one.unsaved for one in filled)
    text = say("questionnaire.progress", done=str(done), n=len(filled))
    st.progress(done / len(filled), text=f"{text} · {say('questionnaire.unsaved', n=unsaved)}" if unsaved else text)
    if done == len(filled) and not unsaved:
        st.success(say("questionnaire.complete", day=until), icon=":material/task_alt:")
    at = _choose_dimension(view, sheet, filled)
    own = [one for one in filled if one.question.dimension.key == at]
    for number, one in enumerate(own, 1):
        with st.container(border=True, key=f"question_{number}"):
            _ask(view, sheet, one, f"{number}. ")
    if st.session_state.get(_DRAWN, at) != at:
        scroll_to(_WIDGET, at)
    st.session_state[_DRAWN] = at
    _buttons(view, sheet, own, at)


def _filled(view: View, sheet: Questionnaire, question: Question) -> Filled:
    """A question with what stands in its form; a draft that says the same as what is stored is dropped."""
    invited, stored = sheet.invited, sheet.answers.get(question.criterion.key)
    fields = answer_fields(stored, is_typed(sheet.model, question), view.lang)
    fields |= {name: (getattr(stored, name) if stored else None) or "" for name in _TEXTS}
    fields["evidence_date"] = stored.evidence_date if stored else None
    where = (invited.programme, invited.wave, invited.unit, invited.respondent, question.criterion.key)
    draft = Draft(f"{DRAFTS} {' '.join(where)}", fields)
    try:
        record = _record(view, sheet, question, draft.values())
    except Refusal as refusal:
        return Filled(question, draft, None, refusal, unsaved=True)
    unsaved = draft.touched and record is not None and (stored is None or _said(record) != _said(stored))
    if not unsaved:
        draft.drop()
    return Filled(question, draft, record, None, unsaved)


def _record(view: View, sheet: Questionnaire, question: Question, values: dict[str, Any]) -> Response | None:
    """The answer that the form holds; None where it is empty and was never anything else."""
    given = answered(sheet.model, question, values)
    given |= {name: values[name].strip() or None for name in _TEXTS} | {"evidence_date": values["evidence_date"]}
    stored = sheet.answers.get(question.criterion.key)
    if stored is None and given["state"] is ResponseState.MISSING and not any(given[name] for name in _MORE):
        return None
    invited = sheet.invited
    known = stored.model_dump() if stored else new_record(view)
    known |= {"survey_wave": invited.wave, "unit": invited.unit, "respondent": invited.respondent}
    known |= {"criterion": question.criterion.key, "answered_on": working_day(view)}
    return Response(**(known | given))


def _said(answer: Response) -> dict[str, Any]:
    return answer.model_dump(exclude={"answered_on"})


def _choose_dimension(view: View, sheet: Questionnaire, filled: Sequence[Filled]) -> str:
    """The dimension whose questions are on the page, with how far each of them is."""
    say, dimensions = view.say, sheet.dimensions
    labels = {}
    for place, (key, dimension) in enumerate(dimensions.items(), 1):
        own = [one for one in filled if one.question.dimension.key == key]
        label = say("questionnaire.dimension", place=str(place), title=title(dimension, say))
        state = say("questionnaire.part", done=str(sum(one.done for one in own)), n=len(own))
        unsaved = sum(one.unsaved for one in own)
        labels[key] = f"{label} · {state}" + (f" · {say('questionnaire.unsaved', n=unsaved)}" if unsaved else "")
    at: str = st.session_state.get(_AT, "")
    if at not in labels:
        at = next((one.question.dimension.key for one in filled if not one.done), next(iter(labels)))
    st.session_state[_AT] = st.session_state[_WIDGET] = at
    st.selectbox(
        Dimension.sheet.label(view.lang),
        list(labels),
        format_func=labels.__getitem__,
        key=_WIDGET,
        on_change=lambda: _go(st.session_state[_WIDGET]),
        placeholder=say("ui.choose"),
    )
    return at


def _go(dimension: str) -> None:
    st.session_state[_AT] = dimension


def _ask(view: View, sheet: Questionnaire, one: Filled, number: str) -> None:
    """A question with its answer, and in a part that can be opened what else can be said on it."""
    say, criterion, draft = view.say, one.question.criterion, one.draft
    st.markdown(f"#### {plain(number + title(criterion, say))}")
    if text := criterion.question_de if view.lang == "de" else criterion.question_en:
        st.markdown(plain(text))
    ask_answer(view, sheet.model, one.question, draft)
    if one.refusal:
        refuse(view, one.refusal)
    said = sum(bool(draft.value(name)) for name in _MORE)
    label = say("questionnaire.more_said", n=said) if said else say("questionnaire.more")
    with st.expander(label, key=f"more_{criterion.key}"):
        ask_target(view, sheet.model, draft)
        hint = criterion.evidence_hint
        st.text_input(
            heading(Response, "evidence", say),
            max_chars=300,
            placeholder=say("questionnaire.for_example", text=hint) if hint else None,
            **draft.bind("evidence"),
        )
        st.text_input(heading(Response, "evidence_link", say), max_chars=300, **draft.bind("evidence_link"))
        st.date_input(
            heading(Response, "evidence_date", say), value=None, format="DD.MM.YYYY", **draft.bind("evidence_date")
        )
        st.text_area(
            heading(Response, "comment", say),
            max_chars=2000,
            height=100,
            help=say("questionnaire.comment_help"),
            **draft.bind("comment"),
        )


def _buttons(view: View, sheet: Questionnaire, own: Sequence[Filled], at: str) -> None:
    """Back, and storing what was answered in this dimension, which goes on to the next one."""
    say, keys = view.say, list(sheet.dimensions)
    place = keys.index(at)
    following = keys[place + 1] if place + 1 < len(keys) else at
    unsaved = [one for one in own if one.unsaved]
    with st.container(horizontal=True):
        if place:
            st.button(say("questionnaire.back"), on_click=_go, args=(keys[place - 1],), icon=":material/arrow_back:")
        if not unsaved and following != at:
            st.button(say("questionnaire.next"), on_click=_go, args=(following,), type="primary", width="stretch")
            return
        label = say("questionnaire.store" if following == at else "questionnaire.store_and_next")
        pressed = st.button(label, type="primary", width="stretch", disabled=not unsaved)
    if pressed:
        _store(view, sheet, unsaved, at, following)


def _store(view: View, sheet: Questionnaire, unsaved: Sequence[Filled], at: str, following: str) -> None:
    """Store the answers of a dimension as one revision; where one is wrong or overtaken, none of them."""
    say = view.say
    for one in unsaved:
        if one.refusal:
            refuse(view, one.refusal)
            return
    part = title(sheet.dimensions[at], say)
    # The author is nobody in particular: even the unit would tell who answered when.
    signature = Signature(say("questionnaire.author"), say("questionnaire.reason", title=part), remembered=False)
    _go(following)
    write(
        view,
        [one.record for one in unsaved if one.record],
        signature,
        based_on=st.session_state[fresh(_SEEN)],
        done=say("questionnaire.stored", title=part, n=len(unsaved)),
    )
    # Refused: the page stays, and what others wrote is on it now, so the next try is based on it.
    _go(at)
    st.session_state[fresh(_SEEN)] = sheet.revision
