"""依岗承诺: who holds a post of service may pledge by it; others are not asked."""

import pytest
from tests.cast import client_as

from zhengyou.pledges.forms.item import ItemForm
from zhengyou.work.actions import service_posts
from zhengyou.work.models import ServiceKind

pytestmark = pytest.mark.django_db


def test_an_item_names_the_post_that_one_holds(world) -> None:
    gate, other = (
        service_posts.open_post(
            world.secretary, world.cast.branch, title=title, kind=ServiceKind.DUTY, duties="护导"
        )
        for title in ("校门护学岗", "食堂监督岗")
    )
    pledge = world.drafted("song")
    assert "service_post" not in ItemForm(pledge).fields

    service_posts.assign(world.secretary, gate, world.cast.song)
    item = pledge.items.get(number=2)
    before, client = item.content(), client_as(world.cast.song)
    typed = ItemForm.initial_of(item) | {"key": "", "service_post": gate.pk}
    typed = {key: value for key, value in typed.items() if value is not None}
    refused = client.post(f"/pledges/items/{item.uid}/", typed | {"service_post": other.pk})
    assert "您不在这个岗位上" in refused.content.decode()
    client.post(f"/pledges/items/{item.uid}/", typed)

    item.refresh_from_db()
    assert item.content() == before | {"service_post": "校门护学岗"}
    shown = client.get(f"/pledges/{pledge.uid}/edit/").content.decode()
    assert "照“校门护学岗”的岗位" in shown
