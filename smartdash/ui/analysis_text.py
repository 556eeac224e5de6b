"""Editing the words on a survey wave before they go into a report, and returning to the generated ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from smartdash.analysis.condensing import Refusal
from smartdash.figures.headings import heading
from smartdash.figures.maturity_analysis import KEY, Analysis, read_analysis
from smartdash.locale import Language, words
from smartdash.model.declare import natural_key
from smartdash.model.surveys import AnalysisText
from smartdash.store import Audience, Scope
from smartdash.ui import opened
from smartdash.ui.markdown import plain
from smartdash.ui.options import chosen_options
from smartdash.ui.questions import new_record
from smartdash.ui.view import View
from smartdash.ui.writing import Signature, fresh, hindrance, refuse, show_done, sign, working_day, write

_READINGS = 20
_HEIGHT = 420


@dataclass(frozen=True, slots=True)
class _Stock:
    revision: int
    found: Analysis | None


def edit_analysis(view: View) -> None:
    """The form for the text of the wave that the figure shows; the public, a presentation and the past see none."""
    if view.audience is Audience.PUBLIC or view.presentation or hindrance(view):
        return
    show_done()
    stock = _read(opened.store().stamp(), view.scope(), view.lang, chosen_options(KEY))
    if stock.found is None:
        return
    say, found = view.say, stock.found
    name = f"analysis {view.scope().programme} {found.wave.key} {view.lang}"
    # The revision that was seen when the text was opened: what another window stored is not overwritten unseen.
    seen = fresh(f"{name}_seen")
    st.session_state.setdefault(seen, stock.revision)
    title = say("analysis.edit_again" if found.edited else "analysis.edit")
    with st.expander(title, icon=":material/edit_note:"):
        if found.gone or found.new:
            st.warning(say("analysis.changed_since"), icon=":material/difference:")
            _sentences(say("analysis.now"), found.new, say("analysis.nothing"))
            _sentences(say("analysis.before"), found.gone, say("analysis.nothing"))
        with st.form(fresh(name), border=False):
            text = st.text_area(
                heading(AnalysisText, "text", say), value=found.text, height=_HEIGHT, key=fresh(f"{name}_text")
            )
            st.caption(say("analysis.edit_hint", wave=plain(found.wave.title)))
            public = st.toggle(
                say("analysis.public"),
                value=found.edited.public if found.edited else False,
                key=fresh(f"{name}_public"),
                help=say("analysis.public_help"),
            )
            signature = sign(view, name, say("analysis.reason", wave=found.wave.title))
            with st.container(horizontal=True):
                stored = st.form_submit_button(say("analysis.store"), type="primary")
                back = found.edited is not None and st.form_submit_button(
                    say("analysis.withdraw"), icon=":material/undo:"
                )
    if stored:
        _store(view, found, text.strip(), public, signature, st.session_state[seen])
    elif back and found.edited:
        _withdraw(view, found.edited, signature, st.session_state[seen])


@st.cache_resource(max_entries=_READINGS, show_spinner=False)
def _read(stamp: tuple[int, ...], scope: Scope, lang: Language, chosen: opened.Chosen) -> _Stock:
    with opened.store().read(scope) as reader:
        return _Stock(reader.scope.revision or 0, read_analysis(reader, words(lang), dict(chosen)))


def _sentences(title: str, found: Sequence[str], nothing: str) -> None:
    st.markdown(f"**{title}**")
    st.markdown("\n".join(f"- {plain(line)}" for line in found) or f"- {nothing}")


def _store(view: View, found: Analysis, text: str, public: bool, signature: Signature, seen: int) -> None:
    text = "\n".join(text.splitlines())  # browsers send other line ends
    if not text:
        refuse(view, Refusal("analysis.empty"))
        return
    if text == found.generated:
        refuse(view, Refusal("analysis.same"))
        return
    values = {"survey_wave": found.wave.key, "language": view.lang}
    record = AnalysisText.model_validate(
        {
            **new_record(view, natural_key(AnalysisText.sheet.key_from, values)),
            **values,
            "written_on": working_day(view),
            "text": text,
            "generated": found.generated,
            "public": public,
        }
    )
    write(view, [record], signature, based_on=seen, done=view.say("analysis.stored"))


def _withdraw(view: View, known: AnalysisText, signature: Signature, seen: int) -> None:
    others = [text for text in opened.store().current(known.programme)["analysis_text"] if text.key != known.key]
    write(view, others, signature, based_on=seen, done=view.say("analysis.withdrawn"), all_of=AnalysisText)
