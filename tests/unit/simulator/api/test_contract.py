"""The simulator against the contract, by machine: schemathesis over the whole specification."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig

from tests.simulator.memory.seeds import SCAN, seed_id
from tests.simulator.remote.steering import Simulator
from tests.unit.simulator import contract

_USERNAME = "hector"
_KEY = seed_id("key", f"{_USERNAME}/Portail cartographique interne")
_OWN_IDS = {
    "key": _KEY,
    "access": seed_id("access", f"{_KEY}/{SCAN}"),
    "permission": seed_id("permission", f"{_USERNAME}/Plan local d'urbanisme - partenaires publics"),
}
# The web form's rules are not in the specification, which takes any text for an address range.
_SWITCHES = {"cidr_checked": False, "page_limit_excess": "400"}
_BOUNDED = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture],
)


def _schema(**parameters: str) -> Any:
    # Unknown query parameters break no rule of the specification; the token is ours to send.
    generation = GenerationConfig(
        deterministic=True, database="none", allow_extra_parameters=False, with_security_parameters=False
    )
    default = ProjectConfig(generation=generation, parameters=parameters or None)
    config = SchemathesisConfig(projects=ProjectsConfig(default=default))
    return schemathesis.openapi.from_dict(contract.specification(), config=config)


_OF_OWN_THINGS = _schema(**_OWN_IDS)
_OF_ANYTHING = _schema()


class _Examiner:
    """Sends cases to a simulator that is as the seeds make it, and looks at the answers in every way."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self._start_afresh()

    def _start_afresh(self) -> None:
        self._simulator.reset()
        self._simulator.switch(**_SWITCHES)
        self._headers = {"Authorization": f"Bearer {self._simulator.token_for(_USERNAME)}"}

    def examine(self, case: schemathesis.Case[Any]) -> None:
        """One case. What it changes is undone before the next one."""
        try:
            case.call_and_validate(base_url=self._simulator.api_url, headers=self._headers)
        finally:
            if case.method != "GET":
                self._start_afresh()


@pytest.fixture
def examiner(light_simulator: Simulator) -> _Examiner:
    """Fresh for each operation; the cases of one operation share it."""
    return _Examiner(light_simulator)


@_OF_OWN_THINGS.parametrize()
@_BOUNDED
def test_operation_with_own_ids(case: schemathesis.Case[Any], examiner: _Examiner) -> None:
    examiner.examine(case)


@_OF_ANYTHING.parametrize()
@_BOUNDED
def test_operation_with_any_ids(case: schemathesis.Case[Any], examiner: _Examiner) -> None:
    examiner.examine(case)


@pytest.mark.parametrize("entry", contract.fixture_index(), ids=lambda entry: entry["file"])
def test_fixture_fits_its_schema(entry: dict[str, Any]) -> None:
    assert contract.problems(entry["schema"], contract.fixture_body(entry["file"])) == []


def test_a_wrong_body_is_noticed() -> None:
    key = contract.fixture_body("key_detail_basic.json")
    assert contract.problems("KeyDetails", {**key, "creation": "hier"})
    assert contract.problems("KeyDetails", {**key, "type_infos": {"hash": "abcd"}})
    assert contract.problems("Key[]", [{"name": "sans identifiant"}])
