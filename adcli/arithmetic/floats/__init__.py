"""Functions of floats that need more than one call of the C library to be right to a few ulp.

An ulp is the distance between neighbouring floats. A function raises ValueError outside its domain,
ZeroDivisionError at a pole and OverflowError where the result is too large; it never gives an
infinity or a NaN for finite arguments.
"""
