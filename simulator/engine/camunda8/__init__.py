"""The engine of Camunda 8."""
