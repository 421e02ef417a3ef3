"""How tokens move: events change one tree of executions, and nothing else does."""
