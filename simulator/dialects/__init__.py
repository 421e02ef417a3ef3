"""The engines by name: one frozen value each, a section for each layer, one field for each question."""
