"""What Streamlit cannot be told by settings: the page's language, presentation mode and print, as constant markup."""

from __future__ import annotations

import streamlit as st

from smartdash.locale import Language

_LANGUAGE = {lang: f"<script>window.parent.document.documentElement.lang = '{lang}';</script>" for lang in ("de", "en")}

_BASE = """<style>
.block-container { padding-top: 2.5rem; }
h5 { color: var(--st-secondary-text-color, inherit); font-weight: 400; padding-bottom: 0; }
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

_UPLOAD = {"de": "Datei wählen oder hierher ziehen", "en": "Choose a file or drop it here"}
"""Streamlit's uploader speaks English only; its words are replaced."""

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
    st.html(_BASE + _uploader(lang) + (_PRESENTATION if presentation else ""))


def _uploader(lang: Language) -> str:
    return f"""<style>
[data-testid="stFileUploaderDropzoneInstructions"] {{ display: none; }}
[data-testid="stFileUploaderDropzone"] button[kind="secondary"] p {{ font-size: 0; }}
[data-testid="stFileUploaderDropzone"] button[kind="secondary"] p::after {{
  content: "{_UPLOAD[lang]}"; font-size: 1rem;
}}
</style>"""
