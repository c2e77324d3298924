"""What a plan rests on (依据) stands in the stage summary and on the plan's public page."""

from datetime import date

import pytest
from django.test import Client

from zhengyou.campaigns.actions import directives
from zhengyou.campaigns.models import Citation

pytestmark = pytest.mark.django_db
CITED = "县委组织部《关于开展创先争优活动的通知》（县教党〔2026〕12号）"


def test_the_summary_and_the_public_plan_name_the_basis(scene):
    words = directives.Words(
        title="关于开展创先争优活动的通知",
        number="县教党〔2026〕12号",
        issued_on=date(2026, 8, 20),
        received_on=date(2026, 8, 21),
        issuer_name="县委组织部",
    )
    notice = directives.enter(scene.office, scene.cast.bureau, words)
    assert "方案依据" not in scene.text()
    # The plan is public by now: cited as it would have been while it was written.
    Citation.objects.create(plan=scene.plan, directive=notice)
    page = f"/c/{scene.campaign.uid}/plans/{scene.plan.uid}/"

    assert f"方案依据{CITED}。" in scene.text()
    assert CITED in Client().get(page).content.decode()

    directives.withdraw(scene.office, notice, "另发新文")
    assert "方案依据" not in scene.text(), "a paper of today rests on nothing that was taken down"
    assert f"{CITED}（已撤下）" in Client().get(page).content.decode()
