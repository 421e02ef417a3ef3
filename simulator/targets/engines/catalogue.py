"""The real engines that we know how to fetch and start."""

from simulator.targets.engines.camunda7 import CAMUNDA_7_9, CAMUNDA_7_24, OPERATON
from simulator.targets.engines.camunda8 import CAMUNDA_8_6
from simulator.targets.engines.problems import EngineUseError
from simulator.targets.engines.recipe import Recipe

RECIPES: tuple[Recipe, ...] = (CAMUNDA_7_24, CAMUNDA_7_9, OPERATON, CAMUNDA_8_6)
BY_NAME = {name: recipe for recipe in RECIPES for name in recipe.names}


def find_recipe(name: str) -> Recipe:
    """Return the recipe of an engine by one of its names, such as `camunda7` or `camunda7:7.24`."""
    recipe = BY_NAME.get(name)
    if recipe is None:
        known = ", ".join(recipe.name for recipe in RECIPES)
        raise EngineUseError(f"no engine {name!r}; there are: {known}")
    return recipe
