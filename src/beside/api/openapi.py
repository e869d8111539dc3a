"""The description of the API for machines: what FastAPI finds, with the errors and keys of each contract."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from beside.api.door import contract_of
from beside.api.keys import Contract
from beside.api.moderations_wire import OpenAIError
from beside.api.own_wire import ProblemAnswer
from beside.api.perspective_wire import GoogleError

_ERRORS: dict[Contract | None, type[BaseModel]] = {
    Contract.PERSPECTIVE: GoogleError,
    Contract.OPENAI: OpenAIError,
}
_SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    "query": {"type": "apiKey", "in": "query", "name": "key"},
    "signature": {"type": "apiKey", "in": "header", "name": "X-Coral-Signature"},
}
_SHOWN: dict[Contract | None, tuple[str, ...]] = {
    Contract.OWN: ("bearer", "header"),
    Contract.OPENAI: ("bearer", "header"),
    Contract.PERSPECTIVE: ("query", "bearer"),
    Contract.METRICS: ("bearer", "header"),
    Contract.CORAL: ("signature",),
}
_READING = {"post": (400, 401, 403, 404, 405, 408, 413, 415, 422, 429, 500, 503)}
_PLAIN = (400, 401, 403, 404, 405, 429, 500, 503)


def describe(app: FastAPI, open_: bool) -> dict[str, Any]:
    """The OpenAPI description; made once. An open API asks for no keys."""
    if not app.openapi_schema:
        found = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes
        )
        schemas = found["components"]["schemas"]
        for model in (ProblemAnswer, GoogleError, OpenAIError):
            made = model.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas.update(made.pop("$defs", {}))
            schemas[model.__name__] = made
        if not open_:
            found["components"]["securitySchemes"] = _SCHEMES
        for path, methods in found["paths"].items():
            for method, operation in methods.items():
                _complete(path, method, operation, open_)
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        app.openapi_schema = found
    return app.openapi_schema


def _complete(path: str, method: str, operation: dict[str, Any], open_: bool) -> None:
    contract = contract_of(path)
    own = contract not in _ERRORS
    error = _ERRORS.get(contract, ProblemAnswer)
    content = "application/problem+json" if own else "application/json"
    schema = {"$ref": f"#/components/schemas/{error.__name__}"}
    operation["responses"].pop("422", None)
    for status in _READING.get(method, _PLAIN):
        shown = {"description": "No answer", "content": {content: {"schema": schema}}}
        operation["responses"].setdefault(str(status), shown)
    if not open_:
        operation["security"] = [{name: []} for name in _SHOWN.get(contract, ())]
