"""How data comes in and goes out: workbooks and CSV bundles, all or nothing."""

from smartdash.exchange.importing import ImportResult, import_file
from smartdash.exchange.problems import Problem
from smartdash.exchange.reading import Reading, read

__all__ = ["ImportResult", "Problem", "Reading", "import_file", "read"]
