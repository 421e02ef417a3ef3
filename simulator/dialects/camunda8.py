"""Camunda 8.8, and the releases before it as departures from it."""

from dataclasses import replace

from simulator.bpmn.camunda8.language import Feel
from simulator.bpmn.camunda8.process import FAMILY
from simulator.dialects.camunda8_wire import JSON, KEYS_AS_NUMBERS, KEYS_AS_TEXT, Fault, Wire
from simulator.dialects.dialect import Dialect
from simulator.expressions.feel import CAMUNDA_8_6 as FEEL_8_6
from simulator.kernel.element_instances.machine import MACHINE
from simulator.model.xml import LIMITS

JAVA_TIMEOUT = "java.util.concurrent.TimeoutException"
JAVA_NO_PARTITION = "io.camunda.zeebe.broker.client.api.PartitionNotFoundException"

WIRE_8_8 = Wire(
    key_forms={JSON: True, KEYS_AS_TEXT: True},
    strict=True,
    job_key="jobKey",
    has_tags=True,
    has_searches=True,
    job_kinds=True,
    broken_by_null=False,
    request_timeout_counts=True,
    resolution_needs_type=False,
    deletion_status=200,
    timeout_before_limit=False,
    starts_at_process_id=False,
    timed_out=Fault(
        504,
        "DEADLINE_EXCEEDED",
        "Expected to handle request, but request timed out between gateway and broker",
    ),
    unreachable=Fault(503, "UNAVAILABLE", "Expected to handle request, but request could not be delivered"),
    fails_as_internal=True,
    resolution_without_retries="INVALID_STATE",
)
"""The documents of Camunda 8.8, and what its gateway's own tests expect."""

WIRE_8_7 = replace(
    WIRE_8_8,
    key_forms={JSON: True, KEYS_AS_NUMBERS: False, KEYS_AS_TEXT: True},
    strict=False,
    has_tags=False,
    has_searches=False,
    job_kinds=False,
    broken_by_null=True,
    request_timeout_counts=False,
    timed_out=Fault(
        504,
        JAVA_TIMEOUT,
        "Expected to handle REST API request, but request timed out between gateway and broker",
    ),
    unreachable=Fault(
        503, JAVA_NO_PARTITION, "Expected to handle REST API request, but request could not be delivered"
    ),
    fails_as_internal=False,
)
"""The documents of Camunda 8.7; what they leave open is as in 8.6."""

WIRE_8_6 = replace(
    WIRE_8_7,
    key_forms={JSON: False},
    job_key="key",
    resolution_needs_type=True,
    deletion_status=204,
    timeout_before_limit=True,
    starts_at_process_id=True,
    resolution_without_retries="NOT_FOUND",
)
"""Live Camunda 8.6.0."""

CAMUNDA_8_8 = Dialect(
    name="Camunda 8.8",
    product="camunda8",
    api="camunda8",
    release="8.8.21",
    language=Feel(),
    family=FAMILY,
    limits=LIMITS,
    execution=MACHINE,
    wire=WIRE_8_8,
)
CAMUNDA_8_7 = replace(CAMUNDA_8_8, name="Camunda 8.7", release="8.7.0", wire=WIRE_8_7)
CAMUNDA_8_6 = replace(
    CAMUNDA_8_8, name="Camunda 8.6", release="8.6.0", language=Feel(FEEL_8_6), wire=WIRE_8_6
)
