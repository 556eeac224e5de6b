"""Who answers a wave: invite people of each unit, hand out the list, remind, and withdraw what was not used."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from smartdash.analysis.invitations import InvitationStanding, new_invitations, to_remind
from smartdash.exchange.invitation_list import invitation_list
from smartdash.exchange.list_workbook import list_workbook
from smartdash.figures.headings import heading
from smartdash.locale.numbers import day
from smartdash.model.shared import Unit
from smartdash.model.surveys import Invitation, SurveyWave
from smartdash.ui import opened
from smartdash.ui.questions import choose_one
from smartdash.ui.survey_stock import SurveyStock
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, sign, working_day, write

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_PEOPLE = 50
_MOST_ROWS = 15
_ROW_HEIGHT = 35
_UNIT_WIDTH = 250


def invite(view: View, stock: SurveyStock, wave: SurveyWave) -> None:
    """The invitations of a wave, and what can be done with them."""
    say = view.say
    found = stock.standings(wave)
    if found:
        _show_list(view, stock, wave, found)
    else:
        st.info(say("survey.nobody_invited"), icon=":material/info:")
    _invite_more(view, stock, wave, found)
    if silent := to_remind(found):
        _remind(view, stock, silent)
        _withdraw(view, stock, silent)


def _show_list(view: View, stock: SurveyStock, wave: SurveyWave, found: Sequence[InvitationStanding]) -> None:
    say, units = view.say, stock.unit_titles()
    ordered = sorted(found, key=lambda one: (units[one.invitation.unit], one.invitation.respondent))
    names = (
        heading(Invitation, "unit", say),
        heading(Invitation, "respondent", say),
        say("survey.answered"),
        say("survey.last_answer"),
        heading(Invitation, "invited_on", say),
        heading(Invitation, "reminded_on", say),
    )
    rows = [
        (
            units[one.invitation.unit],
            one.invitation.respondent,
            say("survey.answered_of", answered=str(one.answered), asked=str(one.asked)),
            day(one.last, view.lang),
            day(one.invitation.invited_on, view.lang),
            day(one.invitation.reminded_on, view.lang),
        )
        for one in ordered
    ]
    st.dataframe(
        pd.DataFrame(rows, columns=list(names)),
        hide_index=True,
        height="content" if len(rows) <= _MOST_ROWS else (_MOST_ROWS + 1) * _ROW_HEIGHT + 3,
        column_config={names[0]: st.column_config.Column(width=_UNIT_WIDTH)},
        alt=say("survey.list_alt"),
    )
    # Read here, since a download is made outside the run of the page.
    base, invitations = _base(), stock.invited(wave)
    st.download_button(
        say("survey.list_download"),
        data=lambda: list_workbook(invitation_list(wave, invitations, units, base, view.lang), view.lang),
        file_name=f"{wave.programme}_{wave.key}_{say('survey.list_file')}.xlsx",
        mime=XLSX,
        key="survey_list_download",
        on_click="ignore",
        icon=":material/download:",
        help=say("survey.list_help"),
    )


def _base() -> str:
    """The address of the app as the visitor has reached it."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rpartition('/')[0]}" if parts.netloc else ""


def _invite_more(view: View, stock: SurveyStock, wave: SurveyWave, found: Sequence[InvitationStanding]) -> None:
    say = view.say
    units = sorted(stock.units, key=lambda unit: unit.title.casefold())
    names = {
        "unit": heading(Invitation, "unit", say),
        "more": say("survey.more_people"),
        "invited": say("survey.already_invited"),
        "kind": heading(Unit, "kind", say),
    }
    # What is filled in stands beside the name, so that a phone shows both.
    frame = pd.DataFrame(
        {
            names["unit"]: [unit.title for unit in units],
            names["more"]: pd.array([None] * len(units), dtype="Int64"),
            names["invited"]: [sum(one.invitation.unit == unit.key for one in found) for unit in units],
            names["kind"]: [unit.kind.label(view.lang) for unit in units],
        }
    )
    with (
        st.expander(say("survey.invite"), icon=":material/person_add:", expanded=not found),
        st.form(fresh(f"survey_invite_{wave.key}"), border=False),
    ):
        st.caption(say("survey.invite_hint"))
        edited = st.data_editor(
            frame,
            hide_index=True,
            height="content" if len(units) <= _MOST_ROWS else (_MOST_ROWS + 1) * _ROW_HEIGHT + 3,
            disabled=[names["unit"], names["kind"], names["invited"]],
            column_config={
                names["unit"]: st.column_config.Column(width=_UNIT_WIDTH),
                names["more"]: st.column_config.NumberColumn(min_value=0, max_value=_MOST_PEOPLE, step=1),
            },
            key=fresh(f"survey_counts_{wave.key}"),
            placeholder="",
            alt=say("survey.invite_hint"),
        )
        signature = sign(view, "survey_invite", say("survey.invite_reason", wave=wave.title))
        sent = st.form_submit_button(say("survey.invite"), type="primary")
    if not sent:
        return
    people = edited[names["more"]]
    counts = {unit.key: int(count) for unit, count in zip(units, people, strict=True) if not pd.isna(count)}
    if not any(counts.values()):
        st.error(say("survey.nobody_chosen"), icon=":material/block:")
        return
    made = new_invitations(wave, counts, working_day(view), _taken(wave.programme), secrets.choice)
    write(view, made, signature, based_on=stock.revision, done=say("survey.invited", n=len(made)))


def _taken(programme: str) -> list[str]:
    """Every pseudonym that was ever given, also in other waves and to invitations that were withdrawn."""
    return [key.rpartition("/")[2] for key in opened.store().keys(programme, "invitation", retired=True)]


def _remind(view: View, stock: SurveyStock, remindable: Mapping[str, Sequence[Invitation]]) -> None:
    say, units, today = view.say, stock.unit_titles(), working_day(view)
    with (
        st.expander(say("survey.remind"), icon=":material/notifications:"),
        st.form(fresh("survey_remind"), border=False),
    ):
        st.caption(say("survey.remind_hint"))
        chosen = st.multiselect(
            heading(Invitation, "unit", say),
            list(remindable),
            default=list(remindable),
            format_func=lambda unit: say("survey.to_remind_unit", unit=units[unit], people=str(len(remindable[unit]))),
            key=fresh("survey_remind_units"),
            placeholder=say("ui.choose"),
        )
        signature = sign(view, "survey_remind", say("survey.remind_reason"))
        sent = st.form_submit_button(say("survey.remind"), type="primary")
    if not sent:
        return
    reminded = [one.model_copy(update={"reminded_on": today}) for unit in chosen for one in remindable[unit]]
    if not reminded:
        st.error(say("survey.no_unit_chosen"), icon=":material/block:")
        return
    write(view, reminded, signature, based_on=stock.revision, done=say("survey.reminded", n=len(reminded)))


def _withdraw(view: View, stock: SurveyStock, unused: Mapping[str, Sequence[Invitation]]) -> None:
    say, units = view.say, stock.unit_titles()
    with (
        st.expander(say("survey.withdraw"), icon=":material/person_remove:"),
        st.form(fresh("survey_withdraw"), border=False),
    ):
        st.caption(say("survey.withdraw_hint"))
        titles = {one.key: f"{units[unit]} · {one.respondent}" for unit, own in unused.items() for one in own}
        key = choose_one(view, Invitation.sheet.label(view.lang), titles, "survey_withdrawn", "ui.choose")
        signature = sign(view, "survey_withdraw", say("survey.withdraw_reason"))
        sent = st.form_submit_button(say("survey.withdraw"), type="primary")
    if not sent:
        return
    if key is None:
        st.error(say("survey.none_chosen"), icon=":material/block:")
        return
    # All that is left of all waves, since what is not listed is withdrawn; other waves' are not shown here.
    kept = [one for one in opened.store().current(view.scope().programme)["invitation"] if one.key != key]
    done = say("survey.withdrawn", respondent=titles[key])
    write(view, kept, signature, based_on=stock.revision, done=done, all_of=Invitation)
