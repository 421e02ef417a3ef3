"""BPMN 2.0.2: one file for each element, and how a file of them becomes processes."""
