"""Several check-ins at once: a list to fill in as a workbook, and the filled list checked, shown and stored."""

from __future__ import annotations

import streamlit as st

from smartdash.analysis.collecting import new_keys
from smartdash.analysis.okr import KeyResultStanding
from smartdash.exchange.check_in_list import Known, check_in_workbook
from smartdash.exchange.check_in_upload import CheckInUpload, ListedCheckIn, read_check_ins
from smartdash.figures.headings import heading
from smartdash.locale.numbers import EMPTY, day, number
from smartdash.model.check_ins import CheckIn
from smartdash.model.impediments import Blockage
from smartdash.model.shared import Programme
from smartdash.store import Origin
from smartdash.ui import opened
from smartdash.ui.check_in_reading import CheckInStock
from smartdash.ui.check_in_words import reported
from smartdash.ui.impediment_reading import read_stock
from smartdash.ui.importing import problem_table
from smartdash.ui.view import View
from smartdash.ui.writing import fresh, sign, working_day, write

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_IMPEDIMENT_STEM = "H"


def check_in_bulk(view: View, stock: CheckInStock, role: str) -> None:
    """Hand out the list of a role or of everybody, and take a filled one."""
    say, programme = view.say, view.programme
    if programme is None:
        return
    with st.expander(say("check_in_bulk.heading"), icon=":material/table_view:"):
        known = Known(programme, stock.standings, stock.check_ins, read_stock(view).standings, working_day(view))
        left, right = st.columns(2, gap="large")
        with left:
            _hand_out(view, stock, role, known)
        with right:
            st.markdown(f"##### {say('check_in_bulk.upload_heading')}")
            file = st.file_uploader(
                say("check_in_bulk.file"),
                type=["xlsx"],
                key=fresh("check_in_bulk_file"),
                help=say("check_in_bulk.help"),
            )
        if file is not None:
            _take(view, stock, known, programme, (file.name, file.getvalue()))


def _hand_out(view: View, stock: CheckInStock, role: str, known: Known) -> None:
    say, today = view.say, working_day(view)
    st.markdown(f"##### {say('check_in_bulk.download_heading')}")
    whose = st.segmented_control(
        say("check_in_bulk.whose"),
        ["role", "all"],
        default="role",
        required=True,
        format_func=lambda one: say(f"check_in_bulk.whose_{one}"),
        key="check_in_bulk_whose",
    )
    items: list[KeyResultStanding] = [
        item
        for one in ([role] if whose == "role" else stock.roles(today))
        for item in stock.of_role(one, today, due=True)
    ]
    st.caption(say("check_in_bulk.rows", n=len(items)) if items else say("check_in_bulk.none_due"))
    st.download_button(
        say("check_in_bulk.download"),
        data=lambda: check_in_workbook(items, known, view.lang),
        file_name=f"{known.programme.key}_check-ins_{today.isoformat()}.xlsx",
        mime=_XLSX,
        key="check_in_bulk_download",
        on_click="ignore",
        icon=":material/download:",
        disabled=not items,
        width="stretch",
    )


def _take(view: View, stock: CheckInStock, known: Known, programme: Programme, upload: tuple[str, bytes]) -> None:
    """Check a filled list; store it when every row is right and somebody says so."""
    say = view.say
    # A key that was once given stays with what had it, also where that was retired.
    keys = new_keys(_IMPEDIMENT_STEM, opened.store().keys(programme.key, "impediment", retired=True))
    found = read_check_ins(upload, known, keys, view.lang)
    if found.problems:
        st.error(say("data.refused", n=len(found.problems)), icon=":material/block:")
        problem_table(found.problems, say)
        return
    if not found.rows:
        st.info(say("check_in_bulk.nothing_filled"), icon=":material/info:")
        return
    # The revision that the preview was first made of: whoever writes meanwhile is not overwritten unseen.
    key = fresh(f"check_in_bulk_seen_{found.sha256}")
    seen = st.session_state.setdefault(key, stock.revision)
    _preview(view, found)
    name = "check_in_bulk"
    signature = sign(view, name, say("check_in_bulk.reason", file=found.name))
    if st.button(say("check_in_bulk.store", n=len(found.rows)), type="primary", key=fresh(name), width="stretch"):
        done = say("check_in_bulk.done", n=len(found.rows), file=found.name)
        write(view, found.records, signature, based_on=seen, done=done, origin=Origin(found.name, found.sha256))
        # Refused: what others wrote is in the preview now, so the next try is based on it.
        st.session_state[key] = stock.revision


def _preview(view: View, found: CheckInUpload) -> None:
    say = view.say
    st.markdown(f"##### {say('check_in_bulk.understood', n=len(found.rows))}")
    if found.skipped:
        st.caption(say("check_in_bulk.skipped", n=found.skipped))
    columns = {
        "row": say("data.row"),
        "key_result": heading(CheckIn, "key_result", say),
        "reported_on": heading(CheckIn, "reported_on", say),
        "reported": say("check_in_bulk.reported"),
        "forecast": heading(CheckIn, "forecast", say),
        "impediment": heading(Blockage, "impediment", say),
        "kind": say("check_in_bulk.kind"),
        "comment": heading(CheckIn, "comment", say),
    }
    st.dataframe(
        [dict(zip(columns.values(), _shown(view, one), strict=True)) for one in found.rows],
        hide_index=True,
        column_config={columns["key_result"]: st.column_config.Column(width="medium")},
        alt=say("check_in_bulk.alt"),
    )


def _shown(view: View, one: ListedCheckIn) -> list[str]:
    """A row of the preview: what was understood, and what it does to what stands there."""
    say, report, result = view.say, one.check_in, one.standing.key_result
    kind = say("check_in_bulk.new")
    if one.before:
        kind = say("check_in_bulk.corrects", report=reported(one.before, result, view))
    elif report.number:
        kind = say("check_in_bulk.further", number=str(report.number))
    blocked = EMPTY
    if one.impediment:
        message = "check_in_bulk.raises" if one.impediment_is_new else "check_in_bulk.names"
        blocked = say(message, key=one.impediment.key, title=one.impediment.title)
    return [
        str(one.row),
        result.title,
        day(report.reported_on, view.lang),
        reported(report, result, view),
        number(report.forecast, view.lang),
        blocked,
        kind,
        report.comment or EMPTY,
    ]
