"""Scenarios: how they are written, read, performed on targets and judged."""
