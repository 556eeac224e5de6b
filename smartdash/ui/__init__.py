"""How the pages look and behave in the browser; with app.py and pages/ the only place that imports streamlit."""
