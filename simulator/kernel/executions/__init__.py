"""The execution tree as Camunda 7 keeps it: scopes, concurrent tokens, expansion and compaction.

One command runs every token as far as it goes, the first flow of a fork first, and fails as a whole.
"""
