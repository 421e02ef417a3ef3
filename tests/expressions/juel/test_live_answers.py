"""Every answer of the live Camunda 7.24 holds here, but for a short list of known differences."""

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from simulator.expressions.juel import JavaNotModelledError

sys.path.insert(0, str(Path(__file__).parent))

from live_answers import difference, read_answers
