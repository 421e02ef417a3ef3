"""A process engine: what was deployed, what runs, and the commands that change it."""
