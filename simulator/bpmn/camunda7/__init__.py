"""How Camunda 7 writes BPMN: its expressions, extension attributes, and what it refuses."""
