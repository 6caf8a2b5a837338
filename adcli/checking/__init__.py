"""Homework: what a student answered, held against what is right."""
