"""The interface against its own description: what fits it is answered as it says, what does not is refused so too."""

import pytest
import schemathesis
from browsers import HOST, Web
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis import checks as rules

from console.web.api import PREFIX
from console.web.entrance import COOKIE

CHECKS = [
    rules.not_a_server_error,
    rules.status_code_conformance,
    rules.content_type_conformance,
    rules.response_schema_conformance,
]
EXAMPLES = 12
"""For each address and each way to ask; a campaign of thousands found nothing more."""


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("login", ["haishu", "city"])
def test_every_address_answers_as_its_description_says(web: Web, login: str, mode: GenerationMode) -> None:
    web.ningbo.one("甲地样例有限公司", district="haishu")
    web.ningbo.one("乙地样例有限公司", district="cixi")
    described = schemathesis.openapi.from_asgi(f"{PREFIX}/openapi.json", web.app)
    headers = {"cookie": f"{COOKIE}={web.session(login)}", "origin": f"http://{HOST}", "host": HOST}
    asked = 0

    for found in described.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: schemathesis.Case) -> None:
            nonlocal asked
            if case.path.endswith("/events"):
                case.query = {"once": "true"}
            response = case.call(headers=headers, base_url=f"http://{HOST}")
            case.validate_response(response, checks=CHECKS)
            asked += 1

        try:
            ask()
        except Exception as fault:
            fault.add_note(f"{operation.method.upper()} {operation.path} as {login}")
            raise
    assert asked > EXAMPLES * 10
    assert web.at(login).get(f"{PREFIX}/me", headers=headers).status_code == 200  # nothing above ended the session
