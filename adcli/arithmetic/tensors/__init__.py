"""Functions of whole arrays. Nothing here is imported before a program or its point has an array."""
