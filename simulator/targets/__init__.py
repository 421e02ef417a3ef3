"""What a scenario can be run against: simulators in this process and engines behind a URL."""
