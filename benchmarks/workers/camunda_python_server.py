"""camunda-python's own REST application on a port; runs under the peers' interpreter."""

import sys

import models
import uvicorn
from camunda.api import create_app
from camunda.engine import ProcessEngine
from camunda.parser import parse_bpmn_xml

engine = ProcessEngine()
engine.deploy(parse_bpmn_xml(models.linear(1, "userTask", key="user")))
uvicorn.run(create_app(engine), host="127.0.0.1", port=int(sys.argv[1]), log_level="error", access_log=False)
