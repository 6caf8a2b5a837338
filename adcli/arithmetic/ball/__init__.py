"""Certified numbers: balls that hold the true value, and beside them the exact value where there is one.

A ball is a midpoint with a radius (Johansson, Arb: efficient arbitrary-precision midpoint-radius interval
arithmetic, IEEE Transactions on Computers 66, 2017). Whatever is asked of a number, its sign or its
digits, is answered only when the ball leaves no doubt, or the exact value decides; else it is Undecided,
and the question is asked again in smaller balls.
"""
