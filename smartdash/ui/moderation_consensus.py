"""What a meeting agreed on for a criterion: entered, changed, or taken back; beside the answers, never over them."""

from __future__ import annotations

from typing import Any

import streamlit as st

from smartdash.analysis.condensing import Refusal
from smartdash.analysis.moderation import RatedCriterion
from smartdash.analysis.participation import personal_traces
from smartdash.figures.headings import heading
from smartdash.figures.surveys import title
from smartdash.model.declare import natural_key
from smartdash.model.surveys import Consensus, ResponseState
from smartdash.ui import opened
from smartdash.ui.drafts import Draft
from smartdash.ui.moderation_reading import Meeting
from smartdash.ui.questionnaire_answers import answer_fields, answered, ask_answer, ask_target, is_typed
from smartdash.ui.questions import new_record
from smartdash.ui.record_versions import show_versions
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, refuse, sign, working_day, write

_COMPARED = ("state", "level", "value", "target_level", "effort", "reason", "agreed_on")


def settle(view: View, meeting: Meeting, item: RatedCriterion) -> None:
    """Ask what the meeting agreed on and store it; with its versions, and a way to take it back."""
    say, known = view.say, item.consensus
    question = meeting.questions[item.criterion.key]
    name = f"moderation {meeting.wave.programme} {meeting.wave.key} {item.unit} {item.criterion.key}"
    # The revision that was seen when the point was opened: what another window agreed on is not overwritten unseen.
    seen = fresh(f"{name}_seen")
    st.session_state.setdefault(seen, meeting.revision)
    fields = answer_fields(known, is_typed(meeting.model, question), view.lang)
    fields |= {"reason": known.reason if known else "", "agreed_on": known.agreed_on if known else working_day(view)}
    draft = Draft(fresh(name), fields)
    st.markdown(f"##### {say('moderation.change' if known else 'moderation.agree')}")
    ask_answer(view, meeting.model, question, draft)
    ask_target(view, meeting.model, draft)
    st.text_area(
        heading(Consensus, "reason", say), height=100, help=say("moderation.reason_help"), **draft.bind("reason")
    )
    if personal_traces(draft.value("reason")):
        st.warning(say("moderation.names"), icon=":material/person_search:")
    st.date_input(
        heading(Consensus, "agreed_on", say),
        value=None,
        max_value=working_day(view),
        format="DD.MM.YYYY",
        width=260,
        **draft.bind("agreed_on"),
    )
    with st.expander(say("check_in.signature")):
        what = f"{meeting.units.get(item.unit, item.unit)}: {title(item.criterion, say)}"
        suggested = say("moderation.suggested", what=what)
        signature = sign(view, name, suggested, author=meeting.units.get(view.unit, ""))
    with st.container(horizontal=True):
        store = st.button(say("moderation.store"), type="primary", key=f"{name}_store")
        back = known is not None and st.button(say("moderation.take_back"), key=f"{name}_back", icon=":material/undo:")
    if store:
        try:
            consensus = _consensus(view, meeting, item, draft.values())
        except Refusal as refusal:
            refuse(view, refusal)
        else:
            write(view, [consensus], signature, based_on=st.session_state[seen], done=say("moderation.stored"))
            st.session_state[seen] = meeting.revision
    elif back and known:
        others = [row for row in opened.store().current(known.programme)["consensus"] if row.key != known.key]
        done = say("moderation.taken_back")
        write(view, others, signature, based_on=st.session_state[seen], done=done, all_of=Consensus)
    values = {"survey_wave": meeting.wave.key, "unit": item.unit, "criterion": item.criterion.key}
    show_versions(view, Consensus, natural_key(Consensus.sheet.key_from, values), _COMPARED)


def _consensus(view: View, meeting: Meeting, item: RatedCriterion, values: dict[str, Any]) -> Consensus:
    """What the form says was agreed on.

    Raises:
        Refusal: no level, value or state is chosen, or the reason or the day is missing.
    """
    given = answered(meeting.model, meeting.questions[item.criterion.key], values)
    if given["state"] is ResponseState.MISSING:
        raise Refusal("moderation.level_needed")
    if not values["reason"].strip():
        raise Refusal("moderation.reason_needed")
    if values["agreed_on"] is None:
        raise Refusal("moderation.day_needed")
    known = item.consensus.model_dump() if item.consensus else new_record(view)
    known |= {"survey_wave": meeting.wave.key, "unit": item.unit, "criterion": item.criterion.key}
    known |= {"agreed_on": values["agreed_on"], "reason": values["reason"].strip()}
    return Consensus(**(known | given))
