"""Real engines, fetched by their Maven coordinates and started on loopback."""

from simulator.targets.engines.catalogue import RECIPES, find_recipe
from simulator.targets.engines.problems import (
    EngineError,
    EngineUseError,
    FetchError,
    MissingToolError,
    StartError,
    StopError,
)
from simulator.targets.engines.recipe import Recipe
from simulator.targets.engines.running import RunningEngine, running_engines, show
from simulator.targets.engines.start import Available, Missing, available, cached, start_engine

__all__ = [
    "RECIPES",
    "Available",
    "EngineError",
    "EngineUseError",
    "FetchError",
    "Missing",
    "MissingToolError",
    "Recipe",
    "RunningEngine",
    "StartError",
    "StopError",
    "available",
    "cached",
    "find_recipe",
    "running_engines",
    "show",
    "start_engine",
]
