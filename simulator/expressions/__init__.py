"""The two expression languages: JUEL (Camunda 7) and FEEL (Camunda 8)."""
