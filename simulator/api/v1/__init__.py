"""The REST API of the Camunda 7 family, under `/engine-rest`."""
