"""Side-by-side measurements against peers; no part of any test."""
