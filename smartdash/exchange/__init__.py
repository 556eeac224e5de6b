"""How data comes in and goes out: workbooks and CSV bundles, all or nothing."""

from smartdash.exchange.bundle_writing import export_bundle
from smartdash.exchange.dictionary import DictionaryRow, dictionary
from smartdash.exchange.importing import COUNTS, ImportResult, difference_rows, import_file, may_change
from smartdash.exchange.problems import Problem
from smartdash.exchange.reading import Reading, read
from smartdash.exchange.workbook_writing import export_workbook, template

__all__ = [
    "COUNTS",
    "DictionaryRow",
    "ImportResult",
    "Problem",
    "Reading",
    "dictionary",
    "difference_rows",
    "export_bundle",
    "export_workbook",
    "import_file",
    "may_change",
    "read",
    "template",
]
