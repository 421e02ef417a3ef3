"""Opens stages by the texts that users write for targets."""

import secrets
from collections.abc import Mapping

from simulator.scenario.stages import Stage, nothing
from simulator.targets.opening import Site, TargetOptions, open_site, read_options

FEATURES: Mapping[str, Mapping[str, bool]] = {
    # Camunda 7 knows tenants by their ids alone, without switch (docs.camunda.org 7.24, Multi-Tenancy)
    "camunda7": {"multi-tenancy": True, "authorization": False},
    # Camunda 8 has both behind switches that are off at first (docs.camunda.io 8.8, Multi-tenancy)
    "camunda8": {"multi-tenancy": False, "authorization": False},
}
"""What is on in a product as it is delivered."""


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
    target = site.open(secrets.token_hex(4), nothing)
    product, release = target.product, target.release
    target.close()
    is_foreign = "://" in text
    may_destroy = read_options(text, options)[1].destructive or not is_foreign
    family = "camunda8" if product == "camunda8" else "camunda7"
    return Stage(
        name=site.text,
        product=product,
        release=release,
        open=lambda run: site.open(run, nothing),
        settings={**FEATURES[family], "destructive": may_destroy},
        close=site.close,
    )
