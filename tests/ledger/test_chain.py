"""The bytes that are hashed never change: facts written years ago must still verify."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from zhengyou.kernel.periods import Kind
from zhengyou.ledger import chain

pytestmark = pytest.mark.pure

UID = UUID("0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9")


def test_one_spelling_of_every_value():
    value = {
        "z": [None, True, 1, -2, "文", 'q"\n'],
        "a": {"uid": UID, "day": date(2026, 2, 14), "kind": Kind.WEEK},
        "m": (Decimal("1E+2"), Decimal("0.10"), datetime(2026, 10, 1, tzinfo=UTC)),
    }
    assert chain.canonical(value) == (
        '{"a":{"day":"2026-02-14","kind":"week","uid":"0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9"},'
        '"m":["100","0.10","2026-10-01T00:00:00.000000+00:00"],'
        '"z":[null,true,1,-2,"文","q\\"\\n"]}'
    )


def test_a_moment_is_the_same_in_every_zone():
    shanghai = datetime(2026, 10, 1, 8, 0, 0, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert chain.moment(shanghai) == "2026-10-01T00:00:00.000005+00:00"


def test_digests_stay_as_they_were_first_computed():
    names = chain.payload_digest("ab" * 32, '{"name":"沈若兰"}')
    assert names == "855a693d6149eb19cc062080e0fd0bc5e0bf2381ce7537dddcb1874faf8b9759"
    digest = chain.fact_digest(
        seq=1,
        at=datetime(2026, 10, 1, tzinfo=UTC),
        verb="plan.submit",
        actor=str(UID),
        hat=f"secretary@{UID}",
        about=("plan", UID),
        data={"pages": 3, "branch": UID},
        payload_digest=names,
        previous=chain.GENESIS,
    )
    assert digest == "adc80f4873c2a660af888b27609f72c26ac97303fc04e103182d44b6d8192e2a"
