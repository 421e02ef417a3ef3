"""Stages: where scenarios are played, a fresh target for each of them."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from simulator.results.events import TargetSeen
from simulator.targets.opening import Site, TargetOptions, open_site, read_options
from simulator.targets.protocol import Target

FEATURES: Mapping[str, Mapping[str, bool]] = {
    # Camunda 7 knows tenants by their ids alone, without switch (docs.camunda.org 7.24, Multi-Tenancy)
    "camunda7": {"multi-tenancy": True, "authorization": False},
    # Camunda 8 has both behind switches that are off at first (docs.camunda.io 8.8, Multi-tenancy)
    "camunda8": {"multi-tenancy": False, "authorization": False},
}
"""What is on in a product as it is delivered."""


def _nothing() -> None:
    """What is to be done after a scenario's target was closed; the stage closes the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A place to play scenarios; `open` makes the target of one scenario, told a run's id of its own.

    `settings`: features on or off by name; `destructive`: the run may change what it did not create.
    """

    name: str
    product: str
    release: str
    open: Callable[[str], Target]
    settings: Mapping[str, bool] = field(default_factory=dict)
    close: Callable[[], None] = _nothing

    def seen(self) -> TargetSeen:
        """The target as a run's events introduce it."""
        return TargetSeen(name=self.name, product=self.product, release=self.release)


def open_stage(text: str, options: TargetOptions) -> Stage:
    """Open the stage that a target's text names; it is asked once what it is.

    Raises UserError for a text of no known form, `Unusable` where the target does not answer.
    """
    site = open_site(text, options)
    try:
        return _enter(site, text, options)
    except BaseException:
        site.close()
        raise


def _enter(site: Site, text: str, options: TargetOptions) -> Stage:
    target = site.open(secrets.token_hex(4), _nothing)
    product, release = target.product, target.release
    target.close()
    is_foreign = "://" in text
    may_destroy = read_options(text, options)[1].destructive or not is_foreign
    family = "camunda8" if product == "camunda8" else "camunda7"
    return Stage(
        name=site.text,
        product=product,
        release=release,
        open=lambda run: site.open(run, _nothing),
        settings={**FEATURES[family], "destructive": may_destroy},
        close=site.close,
    )


def run_ids() -> Iterator[str]:
    """Ids of up to twelve letters and digits, each new in this run and unlikely in any other."""
    run = secrets.token_hex(3)
    return (f"{run}{number:x}" for number in count(1))
