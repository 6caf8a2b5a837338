"""Studies of a program: methods of differentiation side by side, what they cost, and where they fail."""
