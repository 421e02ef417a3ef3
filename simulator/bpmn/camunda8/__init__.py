"""How Camunda 8 reads BPMN: FEEL, the zeebe extensions, and what it refuses at deployment."""
