"""A folder of submissions: what every student answered, the points, and what the class got wrong."""
