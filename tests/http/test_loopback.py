from __future__ import annotations

import json
import urllib.error
import urllib.request

import pytest
from asking import ANALYSIS_PATH, SESSION
from loopback import WHOAMI, run_in_thread
from loopback_answers import failure, ready

DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def test_a_blocking_client_is_served_from_a_thread() -> None:
    with run_in_thread() as api:
        api.serve(SESSION, analysis=[ready({"turn": 1}), ready({"turn": 2})])
        api.answers[WHOAMI] = failure(401)

        bodies = [json.load(DIRECT.open(f"{api.base_url}{ANALYSIS_PATH}")) for _ in range(3)]
        statuses = []
        for path in (WHOAMI, "/nowhere"):
            with pytest.raises(urllib.error.HTTPError) as refused:
                DIRECT.open(f"{api.base_url}{path}")
            statuses.append(refused.value.code)
            refused.value.close()

    assert bodies == [{"turn": 1}, {"turn": 2}, {"turn": 2}]
    assert statuses == [401, 404]
    assert api.paths() == [ANALYSIS_PATH] * 3 + [WHOAMI, "/nowhere"]
