"""The checks of an answer, one module each."""
