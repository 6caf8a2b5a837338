"""A program and its derivatives as source code: Python, NumPy, C and LaTeX.

The same sweeps run in symbolic arithmetic, so the derivative of a graph is a graph; what the target
language lacks is replaced by definitions, and every step becomes a statement.
"""
