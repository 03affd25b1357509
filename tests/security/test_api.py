"""The interface against its own description: schemathesis makes requests that fit it and others that do not,
and every answer must be one that the description promises (ASVS 5.0, V4.1.1, V2.2.1)."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.access.world import World
from wurt.config.wsgi import application

pytestmark = pytest.mark.no_database

ALWAYS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
PLAIN = {"Accept-Encoding": "identity"}
BOUNDED = settings(
    max_examples=30,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
OPERATIONS = [
    "agenda", "fields", "goals", "indicators", "indicators/{key}", "milestones", "months", "months/{month}",
    "organisations", "projects", "projects/{key}", "projects/{key}/reports",
]  # fmt: skip


@pytest.fixture
def schema(world: World) -> Iterator[schemathesis.BaseSchema]:
    """The description that the running site gives of itself. As Django's own test client does, requests leave
    the connection of the test alone."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    for signal in signals:
        signal.connect(close_old_connections)


def test_the_list_of_operations_is_complete(schema: schemathesis.BaseSchema) -> None:
    found = sorted(one.ok().path.removeprefix("/api/") for one in schema.get_all_operations())
    assert found == sorted(OPERATIONS)
    assert {one.ok().method for one in schema.get_all_operations()} == {"get"}


@pytest.mark.parametrize("path", OPERATIONS)
def test_what_fits_is_answered_as_described(schema: schemathesis.BaseSchema, path: str) -> None:
    operation = schema[f"/api/{path}"]["GET"]

    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
    def holds(case: schemathesis.Case) -> None:
        case.call_and_validate(headers=PLAIN, checks=ALWAYS)

    holds()


@pytest.mark.parametrize("path", ["milestones", "months/{month}", "projects"])
def test_what_does_not_fit_is_refused_as_described(schema: schemathesis.BaseSchema, path: str) -> None:
    operation = schema[f"/api/{path}"]["GET"]

    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def holds(case: schemathesis.Case) -> None:
        case.call_and_validate(headers=PLAIN, checks=[*ALWAYS, negative_data_rejection])

    holds()


@pytest.mark.parametrize("path", ["projects/{key}", "projects/{key}/reports", "months/{month}"])
def test_what_exists_is_answered_as_described(schema: schemathesis.BaseSchema, path: str) -> None:
    """Keys that are there, which chance would not find."""
    listed = schema["/api/projects"]["GET"].Case().call(headers=PLAIN).json()["items"]
    months = schema["/api/months"]["GET"].Case().call(headers=PLAIN).json()["items"]
    known = {"key": [one["key"] for one in listed], "month": [one["month"] for one in months]}
    operation = schema[f"/api/{path}"]["GET"]
    name = path.split("{")[1].split("}")[0]
    assert known[name]

    @BOUNDED
    @given(case=operation.as_strategy(), value=st.sampled_from(known[name]))
    def holds(case: schemathesis.Case, value: str) -> None:
        case.path_parameters = {name: value}
        case.query = {}
        response = case.call(headers=PLAIN)
        assert response.status_code == 200
        case.validate_response(response, checks=ALWAYS)

    holds()
