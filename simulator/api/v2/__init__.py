"""The REST API of Camunda 8 (v2) in front of the engine."""
