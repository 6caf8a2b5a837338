"""The writers: a report as text, a result as JSON, a diagram as a picture."""
