"""What the data means: pure functions from records to results, each formula once, with its source."""
