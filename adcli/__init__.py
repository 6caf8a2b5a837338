"""Derivatives of what you type, with the graph and the table of every step."""

__version__ = "0.1.0"
