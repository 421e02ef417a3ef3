"""A conformance test harness and reference simulator for BPMN and CMMN process engines."""
