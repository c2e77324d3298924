"""What the forms give away to the curious, and what they make of nonsense."""

import pytest
from django.urls import reverse
from tests.cast import client_as
from tests.pledges.test_pages import ticks

from zhengyou.people.models import Role

pytestmark = pytest.mark.django_db
OFFER = "也可以不承诺"


def begin(world, who: str) -> str:
    address = reverse("pledges:new", args=[world.campaign.uid])
    return f"{address}?for={world.cast.persons[who].uid}"


def test_a_colleague_does_not_learn_from_the_form_who_has_not_pledged(world) -> None:
    world.published("song")
    he = client_as(world.cast.he)
    assert OFFER in he.get(begin(world, "he")).content.decode()  # about oneself
    for colleague in ("song", "wei"):
        assert OFFER not in he.get(begin(world, colleague)).content.decode()
    tian = client_as(world.cast.tian, Role.RECORDER)
    assert OFFER in tian.get(begin(world, "wei")).content.decode()
    assert OFFER not in tian.get(begin(world, "song")).content.decode()


def test_a_review_that_names_no_item_is_sent_all_the_same(world) -> None:
    pledge = world.submitted()
    shen = client_as(world.cast.shen, Role.SECRETARY)
    said = ticks(pledge.items.order_by("number"), "111 111 111") | {"seen-x": "", "send": "1"}
    answer = shen.post(reverse("pledges:review", args=[pledge.uid]), said)
    assert answer.status_code == 302
    assert not pledge.items.exclude(state="published").exists()
