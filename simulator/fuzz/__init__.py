"""Property-based runs: requests drawn from the contracts, sent to targets, their answers judged."""
