"""What Streamlit cannot be told by settings: the page's language, presentation mode and print, as constant markup."""

from __future__ import annotations

from html import escape

import streamlit as st

from smartdash.charts.tokens import Tokens
from smartdash.locale import Language, Words

_LANGUAGE = {lang: f"<script>window.parent.document.documentElement.lang = '{lang}';</script>" for lang in ("de", "en")}

_BASE = """<style>
.block-container { padding-top: 2.5rem; }
button[data-variant="segmented_control"][data-selected="true"] { color: inherit !important; }
h5 { color: var(--st-secondary-text-color, inherit); font-weight: 400; padding-bottom: 0; }
@media (min-width: 641px) {
  [data-testid="stSidebarHeader"] { height: 2.5rem; margin-bottom: 0; }
  [data-testid="stSidebarNavLinkContainer"] { margin: 0; min-height: 0; }
  [data-testid="stSidebarNavLink"] { height: 1.6rem; margin: 0; }
  [data-testid="stSidebarNavItems"] > div { padding-top: 0.2rem; margin-top: 0; }
  [data-testid="stNavSectionHeader"] { margin: 0; padding: 0.1rem 0 0 0; }
}
[data-testid="stFileUploaderDropzoneInstructions"] { display: none; }
[class*="st-key-figure_confined_"] [data-testid="stElementToolbar"] { display: none; }
@media (max-width: 640px) {
  .block-container { padding-left: 1rem; padding-right: 1rem; }
  [class*="st-key-figure_"] { padding: 0.75rem; }
}
@media print {
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stPopover"], [data-testid="stExpander"] {
    display: none;
  }
  [class*="st-key-figure_"] { break-inside: avoid; }
}
</style>"""

_WORDS = {
    "de": {
        '[data-testid="stFileUploaderDropzone"] button[kind="secondary"] p': "Datei wählen oder hierher ziehen",
        '[data-testid="stDateInput"] [data-type="day"][data-placeholder="true"]': "TT",
        '[data-testid="stDateInput"] [data-type="month"][data-placeholder="true"]': "MM",
        '[data-testid="stDateInput"] [data-type="year"][data-placeholder="true"]': "JJJJ",
    },
    "en": {'[data-testid="stFileUploaderDropzone"] button[kind="secondary"] p': "Choose a file or drop it here"},
}
"""Words of Streamlit's own widgets, which speak English only, by where they stand."""

_PRESENTATION = """<style>
html { font-size: 24px; }
[data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stExpandSidebarButton"] { display: none; }
.block-container { padding: 1rem 3rem; }
[data-testid="stElementContainer"]:has([data-testid="stVegaLiteChart"]) { width: 66.67%; }
[data-testid="stVegaLiteChart"] svg, [data-testid="stVegaLiteChart"] canvas { zoom: 1.5; }
</style>"""


def apply_style(lang: Language, presentation: bool) -> None:
    """Set the page's language attribute and the style of the mode."""
    st.html(_LANGUAGE[lang], unsafe_allow_javascript=True)
    words = "".join(
        f'{place} {{ font-size: 0; }} {place}::after {{ content: "{word}"; font-size: 1rem; }}'
        for place, word in _WORDS[lang].items()
    )
    st.html(f"{_BASE}<style>{words}</style>{_PRESENTATION if presentation else ''}")


_CLOCK = """<style>
.smartdash-clock { line-height: 1.1; text-align: right; font-variant-numeric: tabular-nums; }
.smartdash-clock b { display: block; font-size: clamp(2.2rem, 5vw, 4rem); font-weight: 700; }
.smartdash-clock span { font-size: 1.1rem; font-weight: 600; }
@media (max-width: 640px) { .smartdash-clock { text-align: left; } }
</style><script>
(() => {
  const show = clock => {
    const data = clock.dataset;
    clock.smartdashZero ??= Date.now() + Number(data.seconds) * 1000;
    const left = data.running === '1' ? Math.round((clock.smartdashZero - Date.now()) / 1000) : Number(data.seconds);
    const state = left < 0 ? 'over' : left <= 60 ? 'last' : 'left';
    const minutes = String(Math.floor(Math.abs(left) / 60)).padStart(2, '0');
    const seconds = String(Math.abs(left) % 60).padStart(2, '0');
    clock.querySelector('b').textContent = (left < 0 ? '+' : '') + minutes + ':' + seconds;
    clock.querySelector('span').textContent = data[state];
    clock.style.color = data[state + 'Colour'];
  };
  const tick = () => document.querySelectorAll('.smartdash-clock').forEach(show);
  clearInterval(window.smartdashTicking);
  window.smartdashTicking = setInterval(tick, 1000);
  tick();
})();
</script>"""
"""Counts in the browser, so that thirty clocks cost the server nothing."""


def show_clock(seconds_left: int, running: bool, say: Words, colours: Tokens) -> None:
    """A clock that counts down every second and on below zero; the state is said with sign, word and colour.

    Args:
        seconds_left: What is left at this moment, below 0 where the time is over.
        running: Whether it counts.
        say: The messages.
        colours: The colours of the mode.
    """
    states = {
        "left": (say("live.clock_left"), colours.ok),
        "last": (say("live.clock_last"), colours.warn),
        "over": (say("live.clock_over"), colours.crit),
    }
    given = " ".join(
        f'data-{name}="{escape(word)}" data-{name}-colour="{colour}"' for name, (word, colour) in states.items()
    )
    st.html(
        f'<div class="smartdash-clock" role="timer" data-seconds="{seconds_left}" data-running="{running:d}" {given}>'
        f"<b></b><span></span></div>{_CLOCK}",
        unsafe_allow_javascript=True,
    )


_KEEP_TYPING = """<script>
(() => {
  const fields = '[class*="st-key-desk_"] textarea, [class*="st-key-live_"] textarea, ' +
    '[class*="st-key-live_"] [data-testid="stTextInputRootElement"] input';
  const send = field => field.dispatchEvent(
    new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', keyCode: 13, ctrlKey: true, bubbles: true }));
  if (window.smartdashKeeping) return;
  window.smartdashKeeping = true;
  document.addEventListener('input', event => {
    const field = event.target;
    if (!field.matches(fields)) return;
    clearTimeout(field.smartdashPause);
    field.smartdashPause = setTimeout(() => send(field), 400);
  });
})();
</script>"""
"""Sends what is typed in a moderator's fields at each pause; only single lines of text can do so themselves."""


def keep_typing() -> None:
    """Send the moderator's longer texts and those of the impediment form while they are typed."""
    st.html(_KEEP_TYPING, unsafe_allow_javascript=True)


def scroll_to(widget: str, mark: str) -> None:
    """Bring the widget with the key `widget` to the top, where a button at the page's end has led on to the next part.

    `mark` names that part: for another one the page scrolls again.
    """
    # What stood there before is taken away after the run, so the place is not known at once.
    found = f"document.querySelector('.st-key-{widget}')"
    # The margin keeps it clear of the bar at the top.
    scroll = f"setTimeout(() => {{ {found}.style.scrollMarginTop = '4.5rem'; {found}.scrollIntoView(); }}, 300);"
    st.html(f'<script data-mark="{escape(mark)}">{scroll}</script>', unsafe_allow_javascript=True)
