"""camunda-python as a measured process; runs under the peers' interpreter."""

import loop
import models
from camunda.engine import ProcessEngine
from camunda.parser import parse_bpmn_xml

NOTHING = 'camunda:delegateExpression="${nothing}"'
engine = ProcessEngine()
engine.register_delegate("nothing", lambda variables: None)
engine.register_delegate("count", lambda variables: variables.update(i=variables["i"] + 1))
for text in (
    models.linear(10, "serviceTask", NOTHING, key="linear"),
    models.fork(10, "serviceTask", NOTHING, key="fork"),
    models.loop(100, "serviceTask", 'camunda:delegateExpression="${count}"', key="loop"),
    models.linear(1, "userTask", key="user"),
):
    engine.deploy(parse_bpmn_xml(text))


def forget(instance):
    for name in ("_instances", "instances"):
        if hasattr(engine, name):
            getattr(engine, name).pop(instance.id, None)


def whole(key, **variables):
    def run():
        instance = engine.start_process_instance_by_key(key, dict(variables))
        if not instance.is_completed:
            raise AssertionError(key)
        forget(instance)

    return run


def task():
    instance = engine.start_process_instance_by_key("user", {"a": 1})
    open_task = engine.create_task_query(process_instance_id=instance.id)[0]
    engine.complete_task(open_task.id, {"ok": True})
    forget(instance)


def waiting(count):
    before = loop.resident()
    for _ in range(count):
        engine.start_process_instance_by_key("user", {"amount": 1, "ok": True})
    return {"bytes": (loop.resident() - before) / count}


thousand = models.linear(1_000, "serviceTask")
loop.serve(
    {
        "linear": whole("linear"),
        "fork": whole("fork"),
        "loop": whole("loop", i=0),
        "task": task,
        "parse 1,000": lambda: parse_bpmn_xml(thousand),
    },
    {"waiting": waiting},
)
