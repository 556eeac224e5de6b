"""Steering dashboards for the digitalisation and smart-city programmes of German municipalities."""

__version__ = "0.1.0"
