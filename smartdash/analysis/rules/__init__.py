"""Rules of grants and plans, judged without reading anything: from facts to results."""
