"""Whole simulators: an engine of a dialect behind its REST API."""

from simulator.api.application import Application, Mounted
from simulator.api.v1.server import Camunda7Api
from simulator.contract.loading import load
from simulator.dialects.camunda7 import CAMUNDA_7
from simulator.engine.clock import Clock
from simulator.engine.process_engine import ProcessEngine


def build_camunda7(clock: Clock, *, job_executor: bool = False) -> Camunda7Api:
    """A Camunda 7.24 with an empty engine."""
    return Camunda7Api(load("camunda7"), ProcessEngine(CAMUNDA_7, clock, job_executor=job_executor))


def application(*apis: Mounted) -> Application:
    """APIs side by side on one port."""
    return Application(*apis)
