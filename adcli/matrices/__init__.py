"""Derivatives of programs with arrays as matrix formulas: 2·(A@x - b)ᵀ@A.

`terms` are what such formulas are made of, `entrywise` and `algebra` how they are put together; `rules` runs
the table's rules on them, `sweeping` the sweeps; `linear` takes a Jacobian out of a formula that is linear.
"""

from adcli.matrices.answer import MatrixAnswer, diff

__all__ = ["MatrixAnswer", "diff"]
