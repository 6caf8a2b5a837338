"""Derivatives of programs with arrays as matrix formulas: 2·(A@x - b)ᵀ@A.

`terms` is the algebra of such formulas, `sums` and `chains` its simplifications; `rules` runs the table's
rules in it, `sweeping` the reverse sweep; `linear` takes a Jacobian out of a formula that is linear.
"""

from adcli.matrices.answer import MatrixAnswer, diff

__all__ = ["MatrixAnswer", "diff"]
