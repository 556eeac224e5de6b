"""Charts: from data to Altair charts, with the look and the language of their reader; knows neither store nor page."""
