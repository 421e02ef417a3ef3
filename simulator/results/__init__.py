"""What a run found: its events, their stream, the counts of verdicts."""
