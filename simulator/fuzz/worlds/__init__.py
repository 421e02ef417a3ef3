"""What is deployed and started at a target before it is fuzzed, and what can then be named there."""
