"""What a textbook prints of a sweep: names, formulas, terms, paths and parts of a graph."""
