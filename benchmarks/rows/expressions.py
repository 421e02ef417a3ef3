"""Expressions: JUEL beside simpleeval, FEEL beside bkflow-feel, both by their public functions."""

import json
import subprocess
import timeit

from benchmarks.peers import peers_python
from benchmarks.table import Line, compared
from simulator.expressions import feel, juel

JUEL_TEXT, FEEL_TEXT = "a + b * 2 > c && name == 'x'", 'amount > 100 and name = "x"'
PEERS = """
import json, timeit
from simpleeval import simple_eval
from bkflow_feel.api import parse_expression
names = {"a": 3, "b": 4, "c": 5, "name": "x"}
context = {"amount": 150, "name": "x"}
juel = "a + b * 2 > c and name == 'x'"
feel = 'amount > 100 and name = "x"'
assert simple_eval(juel, names=names) is True and parse_expression(feel, context) is True
def best(run): return min(timeit.repeat(run, number=2000, repeat=5)) / 2000
print(json.dumps([best(lambda: simple_eval(juel, names=names)), best(lambda: parse_expression(feel, context))]))
"""


def measure(live: str | None) -> list[Line]:
    """Time one expression of each language, compiled as at deployment."""
    scope = juel.Variables({"a": 3, "b": 4, "c": 5, "name": "x"})
    ours_juel = juel.compile_expression(f"${{{JUEL_TEXT}}}")
    lookup = feel.variables({"amount": 150, "name": "x"})
    ours_feel = feel.compile_expression(FEEL_TEXT)
    taken = {
        "JUEL": {
            "ours": min(timeit.repeat(lambda: ours_juel.evaluate(scope), number=20_000, repeat=5)) / 20_000
        },
        "FEEL": {
            "ours": min(timeit.repeat(lambda: ours_feel.evaluate(lookup), number=20_000, repeat=5)) / 20_000
        },
    }
    python = peers_python()
    if python is not None:
        command = [str(python), "-W", "ignore", "-c", PEERS]
        answered = subprocess.run(command, capture_output=True, text=True, check=True)
        taken["JUEL"]["simpleeval"], taken["FEEL"]["bkflow-feel"] = json.loads(answered.stdout)
    return [
        compared("JUEL", taken["JUEL"], {"simpleeval": 10.0}),
        compared("FEEL", taken["FEEL"], {"bkflow-feel": 10.0}),
    ]
