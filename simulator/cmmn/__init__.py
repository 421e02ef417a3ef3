"""CMMN 1.1 and 1.0 as the Camunda 7 family reads and runs it: definitions, lifecycle, and the case machine."""
