"""The steps of scenarios, one module each."""
