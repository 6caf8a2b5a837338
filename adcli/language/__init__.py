"""The language: text to tokens, tokens to Syntax, and Syntax run at a point to a Program."""
