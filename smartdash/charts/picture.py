"""Pictures of charts: SVG for print, PNG for slides, drawn without network access."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import vl_convert

FONT_FOLDER = Path(__file__).parent / "fonts"


def svg(spec: dict[str, Any]) -> str:
    """Return a Vega-Lite specification drawn as SVG; its texts stay text in the font "Smartdash Sans"."""
    _register_fonts()
    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))


def png(spec: dict[str, Any], scale: float = 2) -> bytes:
    """Return a Vega-Lite specification drawn as PNG, `scale` picture points for each point of the specification."""
    _register_fonts()
    return bytes(vl_convert.vegalite_to_png(spec, scale=scale, allowed_base_urls=[]))


@lru_cache(maxsize=1)
def _register_fonts() -> None:
    vl_convert.register_font_directory(str(FONT_FOLDER))
