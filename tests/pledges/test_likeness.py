"""Near-identical texts are a hint to the reviewer, found along an index, told to nobody else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import client_as

from zhengyou.campaigns.models import NameStyle
from zhengyou.people.models import Role
from zhengyou.pledges import likeness
from zhengyou.pledges.actions import writing
from zhengyou.pledges.models import Pledge, TextSketch
from zhengyou.pledges.queries.likeness import alike

ONE = "每周三放学后留四十分钟，给五（3）班算得慢的十一名学生讲题。"
NEAR = "每周四放学后留四十分钟，给五（2）班算得慢的十二名学生讲题。"
FAR = "修好教学楼三层走廊的照明灯，学期末以前全部换成新的。"


@pytest.mark.pure
@pytest.mark.parametrize(
    ("one", "other", "like"),
    [
        (ONE, ONE, True),
        (ONE, NEAR, True),
        (ONE, ONE.replace("，", " ").replace("。", ""), True),
        (ONE, FAR, False),
        (ONE, ONE[:15], False),
        ("", ONE, False),
    ],
)
def test_what_is_alike(one, other, like) -> None:
    assert likeness.alike(one, other) is like
    if like:
        assert set(likeness.bands(one)) & set(likeness.bands(other))


@pytest.mark.pure
def test_a_sketch_is_small_and_always_the_same() -> None:
    assert likeness.bands(ONE) == likeness.bands(ONE)
    assert len(likeness.bands(ONE)) == likeness.BANDS
    assert all(0 <= band < 2**63 for band in likeness.bands(ONE))
    assert likeness.bands("，。") == [] and len(likeness.bands("好")) == likeness.BANDS
    assert not set(likeness.bands(ONE)) & set(likeness.bands(FAR))


@pytest.mark.pure
def test_nine_in_ten_near_texts_are_found() -> None:
    """One word of a promise changed in ten places: nearly all share a band."""
    near = [ONE[:place] + "另" + ONE[place + 1 :] for place in range(len(ONE))]
    found = [text for text in near if set(likeness.bands(ONE)) & set(likeness.bands(text))]
    assert len(found) >= 0.9 * len(near)


@pytest.mark.django_db
def test_the_hint_for_the_reviewer(world) -> None:
    su, song = written(world, "su", NEAR), written(world, "song", ONE)
    lead = client_as(world.cast.shen, Role.SECRETARY)
    page = lead.get(f"/pledges/{song.uid}/review/").content.decode()
    assert "和 1 条很像" in page and NEAR in page and "苏映雪" in page
    writer = client_as(world.cast.song)  # no accusation
    for address in (f"/pledges/{song.uid}/", f"/pledges/{song.uid}/edit/"):
        assert "很像" not in writer.get(address).content.decode()
    items = list(song.items.all())
    assert alike(world.secretary, song, items).keys() == {items[1].pk}
    assert not TextSketch.objects.filter(item__in=su.items.filter(kind="common")).exists()


@pytest.mark.django_db
def test_names_next_door_only_as_the_wall_says(world) -> None:
    world.campaign.wall_names = NameStyle.SURNAME
    world.campaign.save()
    written(world, "xu", NEAR)
    song = written(world, "song", ONE)
    items = list(song.items.all())
    assert alike(world.secretary, song, items) == {}  # next door, and not public yet
    xu = Pledge.objects.get(person=world.cast.persons["xu"])
    xu.items.update(state="published")
    (rows,) = alike(world.secretary, song, items).values()
    assert [row.who for row in rows] == ["许同志，南湖小学党支部"]


@pytest.mark.django_db
def test_the_same_queries_for_one_and_for_many(world) -> None:
    song = written(world, "song", ONE)
    items, lead = list(song.items.all()), world.secretary

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            alike(lead, song, items)
        return len(queries)

    written(world, "su", NEAR)
    assert asked() == 3
    for who in ("wei", "tian", "fang", "zhou"):
        written(world, who, NEAR)
    assert asked() == 3 and len(alike(lead, song, items)[items[1].pk]) == 5


def written(world, who: str, text: str) -> Pledge:
    """Return the waiting pledge of ``who``; all wrote the same common promise."""
    pledge = world.drafted(who, kinds="")
    actor = world.actor(who)
    for kind, words in (("common", "按时参加学习。"), ("post", text), ("deed", who * 12)):
        world.add(actor, pledge, kind, text=words)
    writing.submit(actor, pledge)
    return pledge
