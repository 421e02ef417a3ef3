"""SpiffWorkflow as a measured process; runs under the peers' interpreter."""

import loop
import models
from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.util.task import TaskState


def parse(text):
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.fromstring(text.encode()))
    return parser.get_spec("p")


def whole(spec):
    def run():
        workflow = BpmnWorkflow(spec)
        workflow.run_all(halt_on_manual=False)
        if not workflow.is_completed():
            raise AssertionError(spec)

    return run


COUNT = "<bpmn:script>i = i + 1</bpmn:script>"
counting = parse(models.loop(100, "scriptTask", "", COUNT, "i &lt; 100"))
user = parse(models.linear(1, "userTask"))


def loop_of_hundred():
    workflow = BpmnWorkflow(counting)
    workflow.task_tree.set_data(i=0)
    workflow.do_engine_steps()
    if not workflow.is_completed():
        raise AssertionError("loop")


def task():
    workflow = BpmnWorkflow(user)
    workflow.do_engine_steps()
    (ready,) = workflow.get_tasks(state=TaskState.READY, manual=True)
    ready.set_data(ok=True)
    ready.run()
    workflow.do_engine_steps()


loop.serve(
    {
        "linear": whole(parse(models.linear(10))),
        "fork": whole(parse(models.fork(10))),
        "loop": loop_of_hundred,
        "task": task,
    },
    {},
)
