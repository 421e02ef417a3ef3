"""A portable model becomes one that the product deploys, and says where it cannot."""

from pathlib import Path

import pytest
from lxml import etree

from simulator.core.errors import UserError
from simulator.targets.adapt import Adapter, adapter_for
from simulator.targets.adapt_camunda8_tasks import USER_TASK_TYPE, UserTasks
from simulator.targets.naming import Names
from simulator.targets.protocol import Model, NotObservable
from tests.targets.fakes import bpmn_of

PORTABLE = """
<message id="m1" name="go"/><message id="m2" name="paid"/><signal id="g1" name="stop"/>
<process id="order">
  <startEvent id="placed"><messageEventDefinition messageRef="m1"/></startEvent>
  <sequenceFlow id="f1" sourceRef="placed" targetRef="check"/>
  <userTask id="check" camunda:candidateGroups="sales" camunda:assignee="${who}"/>
  <sequenceFlow id="f2" sourceRef="check" targetRef="pack"/>
  <serviceTask id="pack"><extensionElements><camunda:inputOutput>
    <camunda:outputParameter name="out">${a + 1}</camunda:outputParameter>
    <camunda:inputParameter name="in">text</camunda:inputParameter>
  </camunda:inputOutput></extensionElements></serviceTask>
  <sequenceFlow id="f3" sourceRef="pack" targetRef="wait">
    <conditionExpression>${amount > 5}</conditionExpression></sequenceFlow>
  <intermediateCatchEvent id="wait"><messageEventDefinition messageRef="m2"/></intermediateCatchEvent>
  <sequenceFlow id="f4" sourceRef="wait" targetRef="ship"/>
  <callActivity id="ship" calledElement="shipping"><extensionElements>
    <camunda:in variables="all"/><camunda:out source="x" target="y"/></extensionElements></callActivity>
  <sequenceFlow id="f5" sourceRef="ship" targetRef="each"/>
  <task id="each"><multiInstanceLoopCharacteristics camunda:collection="items" camunda:elementVariable="item"/></task>
</process>"""

ZEEBE = """
<message id="m2" name="paid">
  <extensionElements><zeebe:subscription correlationKey="= orderId"/></extensionElements></message>
<process id="order">
  <startEvent id="placed"/><sequenceFlow id="f1" sourceRef="placed" targetRef="pack"/>
  <serviceTask id="pack"><extensionElements><zeebe:taskDefinition type="packing"/>
    <zeebe:ioMapping><zeebe:input source="= a + 1" target="in"/></zeebe:ioMapping></extensionElements></serviceTask>
  <sequenceFlow id="f2" sourceRef="pack" targetRef="wait">
    <conditionExpression>= amount > 5 and ok</conditionExpression></sequenceFlow>
  <receiveTask id="wait" messageRef="m2"/>
  <sequenceFlow id="f3" sourceRef="wait" targetRef="ship"/>
  <callActivity id="ship">
    <extensionElements><zeebe:calledElement processId="shipping"/></extensionElements></callActivity>
  <scriptTask id="sum">
    <extensionElements><zeebe:script expression="= a * 2" resultVariable="r"/></extensionElements></scriptTask>
</process>"""

SPACES = {
    "b": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "c": "http://camunda.org/schema/1.0/bpmn",
    "z": "http://camunda.org/schema/zeebe/1.0",
}


def _adapted(adapter: Adapter, content: str) -> etree._Element:
    (model,) = adapter.adapt([Model("order.bpmn", bpmn_of(content))])
    return etree.fromstring(model.content)


def _found(root: etree._Element, path: str) -> list[str]:
    """The texts or attributes at an XPath."""
    found = root.xpath(path, namespaces=SPACES)
    assert isinstance(found, list)
    return [str(each) for each in found]


def test_camunda_7_gets_a_time_to_live_and_external_tasks() -> None:
    root = _adapted(adapter_for("camunda7", Names()), PORTABLE)

    assert _found(root, "//b:process/@isExecutable") == ["true"]
    assert _found(root, "//b:process/@c:historyTimeToLive") == ["P180D"]
    assert _found(root, "//b:serviceTask/@c:topic") == ["pack"]
    assert _found(root, "//b:conditionExpression/text()") == ["${amount > 5}"]


def test_camunda_8_gets_its_extensions() -> None:
    adapter = adapter_for("camunda8", Names())

    root = _adapted(adapter, PORTABLE)

    assert len(root.findall(".//z:userTask", SPACES)) == 1
    assert _found(root, "//z:assignmentDefinition/@*") == ["= who", "sales"]
    assert _found(root, "//z:taskDefinition/@type") == ["pack"]
    assert _found(root, "//z:ioMapping/z:*/@source") == ['= "text"', "= a + 1", "= x"]
    assert _found(root, "//b:conditionExpression/text()") == ["= amount > 5"]
    assert _found(root, "//z:calledElement/@*") == ["shipping", "true", "false"]
    assert _found(root, "//z:loopCharacteristics/@*") == ["= items", "item"]
    assert adapter.job_types == {"pack"}


def test_camunda_8_finds_instances_by_a_variable_of_the_run_where_the_model_names_no_key() -> None:
    adapter = adapter_for("camunda8", Names())

    root = _adapted(adapter, PORTABLE)

    assert _found(root, "//b:message[@id='m2']//z:subscription/@correlationKey") == ["= tckCorrelation"]
    assert _found(root, "//b:message[@id='m1']//z:subscription/@correlationKey") == []
    assert (adapter.correlated, adapter.starting_messages) == ({"order"}, {"go"})


def test_camunda_8_gets_the_ends_of_flows_and_ids_of_event_definitions_that_a_model_may_leave_out() -> None:
    root = _adapted(adapter_for("camunda8", Names()), PORTABLE)

    assert _found(root, "//b:serviceTask/b:incoming/text()") == ["f2"]
    assert _found(root, "//b:serviceTask/b:outgoing/text()") == ["f3"]
    assert _found(root, "//b:serviceTask/*[1]/following-sibling::*/text()") == ["f2", "f3"]
    assert all(each.get("id") for each in root.iter("{*}messageEventDefinition"))


@pytest.mark.parametrize(
    ("user_tasks", "types", "tag"),
    [
        (UserTasks.NATIVE, set(), "userTask"),
        (UserTasks.JOBS, {USER_TASK_TYPE}, "userTask"),
        (UserTasks.SERVICE, {"check"}, "serviceTask"),
    ],
)
def test_a_user_task_becomes_what_the_release_can_show(
    user_tasks: UserTasks, types: set[str], tag: str
) -> None:
    adapter = adapter_for("camunda8", Names(), user_tasks)

    root = _adapted(adapter, '<process id="p"><userTask id="check"/></process>')

    assert root.find(f".//b:{tag}[@id='check']", SPACES) is not None
    assert adapter.job_types == types


def test_extensions_of_camunda_8_become_those_of_camunda_7() -> None:
    adapter = adapter_for("camunda7", Names())

    root = _adapted(adapter, ZEEBE)

    assert _found(root, "//b:serviceTask/@c:topic") == ["packing"]
    assert _found(root, "//c:inputParameter/text()") == ["${a + 1}"]
    assert _found(root, "//b:conditionExpression/text()") == ["${amount > 5 && ok}"]
    assert _found(root, "//b:callActivity/@calledElement") == ["shipping"]
    assert _found(root, "//b:callActivity//c:*/@variables") == ["all", "all"]
    assert _found(root, "//b:scriptTask/b:script/text()") == ["${a * 2}"]
    assert adapter.correlation_variable("paid") == "orderId"


@pytest.mark.parametrize("product", ["camunda7", "camunda8"])
def test_names_are_the_runs_own_at_a_foreign_url(product: str) -> None:
    adapter = adapter_for(product, Names.of_run("r1"))

    root = _adapted(adapter, PORTABLE)

    assert _found(root, "//b:process/@id") == ["order_tckr1"]
    assert _found(root, "//b:message/@name") == ["go_tckr1", "paid_tckr1"]
    assert _found(root, "//b:signal/@name") == ["stop_tckr1"]
    called = "//b:callActivity/@calledElement" if product == "camunda7" else "//z:calledElement/@processId"
    assert _found(root, called) == ["shipping_tckr1"]
    work = "//b:serviceTask/@c:topic" if product == "camunda7" else "//z:taskDefinition/@type"
    assert _found(root, work) == ["pack_tckr1"]


def test_names_in_expressions_get_the_same_ending() -> None:
    content = '<process id="p"><callActivity id="c" calledElement="${key}"/></process>'

    seven = _adapted(adapter_for("camunda7", Names.of_run("r1")), content)
    eight = _adapted(adapter_for("camunda8", Names.of_run("r1")), content)

    assert _found(seven, "//b:callActivity/@calledElement") == ["${key}_tckr1"]
    assert _found(eight, "//z:calledElement/@processId") == ['= (key) + "_tckr1"']


@pytest.mark.parametrize("product", ["camunda7", "camunda8"])
def test_the_same_model_is_always_adapted_the_same(product: str) -> None:
    model = Model("order.bpmn", bpmn_of(PORTABLE))

    first = adapter_for(product, Names.of_run("r1")).adapt([model])
    second = adapter_for(product, Names.of_run("r1")).adapt([model])

    assert first == second


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('<serviceTask id="a" camunda:class="x.Y"/>', "calls no Java"),
        (
            '<serviceTask id="a">\n<extensionElements><camunda:executionListener/></extensionElements></serviceTask>',
            "no camunda:exec",
        ),
        (
            '<sequenceFlow id="a" sourceRef="x" targetRef="y">'
            "<conditionExpression>${empty x}</conditionExpression></sequenceFlow>",
            "'empty'",
        ),
        (
            '<task id="a"><extensionElements><camunda:inputOutput><camunda:inputParameter name="n"><camunda:list/>'
            "</camunda:inputParameter></camunda:inputOutput></extensionElements></task>",
            "a mapping of a list",
        ),
    ],
)
def test_what_camunda_8_cannot_do_is_refused_with_element_and_line(content: str, why: str) -> None:
    model = Model("order.bpmn", bpmn_of(f'\n<process id="p">\n{content}</process>'))

    with pytest.raises(UserError, match=why) as raised:
        adapter_for("camunda8", Names()).adapt([model])

    assert "'a' is not portable" in str(raised.value)
    assert str(raised.value).startswith(("order.bpmn:3:", "order.bpmn:4:"))


def test_a_file_written_for_the_product_is_taken_as_it_is(tmp_path: Path) -> None:
    plain, own = bpmn_of('<process id="p"/>'), bpmn_of('<process id="own"/>')
    (tmp_path / "order.bpmn").write_bytes(plain)
    (tmp_path / "order.camunda8.bpmn").write_bytes(own)
    model = Model("order.bpmn", plain, tmp_path / "order.bpmn")

    (seven,) = adapter_for("camunda7", Names()).adapt([model])
    (eight,) = adapter_for("camunda8", Names()).adapt([model])
    handed_over = adapter_for("camunda8", Names()).adapt(
        [Model("a.bpmn", plain), Model("a.camunda8.bpmn", own)]
    )

    assert (b'id="p"' in seven.content, b"historyTimeToLive" in seven.content) == (True, True)
    assert (eight.name, b'id="own"' in eight.content, b"isExecutable" in eight.content) == (
        "order.bpmn",
        True,
        False,
    )
    assert [(each.name, b'id="own"' in each.content) for each in handed_over] == [("a.bpmn", True)]


@pytest.mark.parametrize(
    "content", [b"<not well-formed", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>']
)
def test_what_is_no_model_is_left_to_the_engine(content: bytes) -> None:
    model = Model("bad.bpmn", content)

    assert adapter_for("camunda7", Names()).adapt([model]) == [model]


def test_a_case_is_adapted_for_camunda_7_and_unknown_to_camunda_8() -> None:
    case = (
        b'<definitions xmlns="http://www.omg.org/spec/CMMN/20151109/MODEL"><case id="claim"/></definitions>'
    )
    model = Model("claim.cmmn", case)

    (adapted,) = adapter_for("camunda7", Names.of_run("r1")).adapt([model])

    assert b'id="claim_tckr1"' in adapted.content
    assert b'historyTimeToLive="P180D"' in adapted.content
    with pytest.raises(NotObservable, match="another dialect"):
        adapter_for("camunda8", Names()).adapt([model])
