"""Adapts the portable models of scenarios for a product, and remembers what a target has to know of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from simulator.core.errors import UserError
from simulator.model.errors import ModelError
from simulator.model.xml import parse
from simulator.targets import adapt_camunda7, adapt_camunda8
from simulator.targets.adapt_camunda8_tasks import USER_TASK_TYPE, UserTasks
from simulator.targets.adapt_names import rename_bpmn, rename_cmmn
from simulator.targets.adapt_texts import is_feel, variable_of
from simulator.targets.adapt_xml import bpmn, elements, extension, written, zeebe
from simulator.targets.naming import Names
from simulator.targets.protocol import Model, NotObservable

PRODUCTS = ("camunda7", "camunda8")
BPMN_SUFFIXES = (".bpmn20.xml", ".bpmn")
CMMN_SUFFIXES = (".cmmn11.xml", ".cmmn10.xml", ".cmmn")


@dataclass(slots=True)
class Adapter:
    """Adapts models for one product and release of a run; equal models and runs are adapted equally.

    A file `order.camunda8.bpmn` beside `order.bpmn` (or handed over with it) is taken in its place, and only
    its names are changed. What is no well-formed XML is left to the engine to refuse.
    """

    product: str
    names: Names
    user_tasks: UserTasks = UserTasks.NATIVE
    job_types: set[str] = field(default_factory=set)
    correlated: set[str] = field(default_factory=set)
    starting_messages: set[str] = field(default_factory=set)
    _correlation_variables: dict[str, str] = field(default_factory=dict)

    def adapt(self, models: Sequence[Model]) -> list[Model]:
        """Adapt one deployment's models; raises UserError where one of them is not portable."""
        return [self._adapt(model, is_own=is_own) for model, is_own in self._chosen(models)]

    def correlation_variable(self, message: str) -> str | None:
        """The variable that a message of the scenario is correlated by, where its model names just one."""
        return self._correlation_variables.get(message)

    def _chosen(self, models: Sequence[Model]) -> list[tuple[Model, bool]]:
        """The models of this product: each with whether it was written for it alone."""
        written_for = {model.name: model for model in models if _written_for(model.name) is not None}
        left = {name for name in written_for if _written_for(name) == self.product}
        chosen: list[tuple[Model, bool]] = []
        for model in models:
            variant = _variant_name(model.name, self.product)
            if model.name in written_for:
                continue
            if variant in left:
                left.remove(variant)
                chosen.append((replace(written_for[variant], name=model.name), True))
            else:
                chosen.append(self._from_disk(model, variant))
        return chosen + [(written_for[name], True) for name in sorted(left)]

    def _from_disk(self, model: Model, variant: str) -> tuple[Model, bool]:
        beside = None if model.path is None else model.path.with_name(variant)
        if beside is None or not beside.is_file():
            return model, False
        return Model(model.name, beside.read_bytes(), beside), True

    def _adapt(self, model: Model, *, is_own: bool) -> Model:
        is_bpmn, is_cmmn = model.name.endswith(BPMN_SUFFIXES), model.name.endswith(CMMN_SUFFIXES)
        if is_cmmn and self.product == "camunda8":
            raise NotObservable("not-this-dialect", f"deploying the case {model.name}")
        if not is_bpmn and not is_cmmn:
            return model
        file = str(model.path or model.name)
        try:
            root = parse(model.content, file)
        except ModelError:
            return model
        if is_cmmn:
            if not is_own:
                adapt_camunda7.adapt_cmmn(root)
            rename_cmmn(root, self.names)
        else:
            self._adapt_bpmn(root, file, is_own=is_own)
        return replace(model, content=written(root))

    def _adapt_bpmn(self, root: etree._Element, file: str, *, is_own: bool) -> None:
        correlates = False
        self._learn_messages(root)
        if not is_own and self.product == "camunda7":
            adapt_camunda7.adapt_bpmn(root, file)
        elif not is_own:
            correlates = adapt_camunda8.adapt_bpmn(root, file, self.user_tasks)
        if correlates:
            self.correlated.update(each.get("id") or "" for each in root.iter(bpmn("process")))
        rename_bpmn(root, self.names)
        self._learn_job_types(root)

    def _learn_messages(self, root: etree._Element) -> None:
        names = {message.get("id"): message.get("name") or "" for message in root.iter(bpmn("message"))}
        for message in root.iter(bpmn("message")):
            subscription = extension(message, zeebe("subscription"))
            variable = None if subscription is None else variable_of(subscription.get("correlationKey") or "")
            if variable is not None:
                self._correlation_variables[message.get("name") or ""] = variable
        for event in root.iterfind(
            f"{bpmn('process')}/{bpmn('startEvent')}/{bpmn('messageEventDefinition')}"
        ):
            reference = (event.get("messageRef") or "").rpartition(":")[2]
            self.starting_messages.add(names.get(reference, ""))

    def _learn_job_types(self, root: etree._Element) -> None:
        for definition in elements(root, zeebe("taskDefinition"), zeebe("executionListener")):
            kind = definition.get("type")
            if kind and not is_feel(kind):
                self.job_types.add(kind)
        for task in elements(root, bpmn("userTask")):
            if extension(task, zeebe("userTask")) is None:
                self.job_types.add(USER_TASK_TYPE)


def _stem(name: str) -> tuple[str, str]:
    for suffix in (*BPMN_SUFFIXES, *CMMN_SUFFIXES):
        if name.endswith(suffix):
            return name.removesuffix(suffix), suffix
    return name, ""


def _variant_name(name: str, product: str) -> str:
    stem, suffix = _stem(name)
    return f"{stem}.{product}{suffix}"


def _written_for(name: str) -> str | None:
    """The product that a file is written for alone, as its name says."""
    product = _stem(name)[0].rpartition(".")[2]
    return product if product in PRODUCTS else None


def adapter_for(product: str, names: Names, user_tasks: UserTasks = UserTasks.NATIVE) -> Adapter:
    """Make the adapter of a run; raises UserError for a product that no model is adapted for."""
    if product not in PRODUCTS:
        raise UserError(f"expected one of {', '.join(PRODUCTS)}; came {product!r}")
    return Adapter(product, names, user_tasks)
