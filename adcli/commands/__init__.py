"""The commands: options to questions to answers. Each module is imported when its command runs."""
