"""Closed forms: exact numbers such as √3/2, π/4 and e²: quotients of sums of roots, π, e and logarithms."""
