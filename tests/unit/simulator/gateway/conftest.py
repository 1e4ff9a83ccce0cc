"""The gateway before fakes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.simulator.gateway.routes import blueprint
from tests.unit.simulator.gateway.fakes import (
    OGC_URL,
    FakeOgc,
    FakeState,
)


@pytest.fixture
def state() -> FakeState:
    return FakeState()


@pytest.fixture
def ogc() -> FakeOgc:
    return FakeOgc()


@pytest.fixture
def client(state: FakeState, ogc: FakeOgc) -> Iterator[FlaskClient]:
    app = Flask(__name__)
    checker = {"valid": "camille", "other": "nadia"}.get
    app.register_blueprint(blueprint(state, checker, OGC_URL, ogc), url_prefix="/private")
    with app.test_client() as client:
        yield client
