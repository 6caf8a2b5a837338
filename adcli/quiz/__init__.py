"""Practice: exercises made from a topic, a level and a seed, and answers taken step by step."""
