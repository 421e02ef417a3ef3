"""Deploying models to a simulator in this process, adapted for its product."""

from collections.abc import Sequence
from pathlib import Path

from simulator.contract.forms import Upload
from simulator.contract.loading import load
from simulator.contract.requests import build
from simulator.core.errors import UserError
from simulator.dialects.dialect import Dialect
from simulator.targets.adapt import adapter_for
from simulator.targets.in_process import App, InProcess
from simulator.targets.naming import Names
from simulator.targets.protocol import Model, RawRequest

FIELDS = {"camunda7": "data", "camunda8": "resources"}
ROOTS = {"camunda7": "/engine-rest", "camunda8": "/v2"}
OK = 200


def deploy_models(app: App, dialect: Dialect, paths: Sequence[Path]) -> None:
    """Deploy model files; raises UserError for a file that can't be read or that the engine refuses."""
    for path in paths:
        model = adapter_for(dialect.api, Names()).adapt([_read(path)])[0]
        upload = Upload(model.name, model.content, "application/xml")
        field = FIELDS[dialect.api]
        form = {field: [upload]} if dialect.api == "camunda8" else {field: upload}
        request = build(
            load(dialect.api, dialect.release), "createDeployment", {}, {}, form, "multipart/form-data"
        )
        raw = RawRequest(
            method=request.method,
            path=request.path_with_query,
            headers=request.headers,
            content=request.content or b"",
        )
        answer = InProcess(app, ROOTS[dialect.api]).send(raw)
        if answer.status != OK:
            told = answer.content.decode("utf-8", "replace")
            raise UserError(f"{dialect.name} refuses it: {told}", file=path)


def _read(path: Path) -> Model:
    try:
        return Model(path.name, path.read_bytes(), path)
    except OSError as error:
        raise UserError(f"expected a model file: {error.strerror}", file=path) from error
