"""The same campaign run again next year: what is taken along, and that the first run stays as it
was, byte for byte in its public pages."""

import re
from datetime import date

from django.core.management import call_command
from django.test import Client
from tests.cast import client_as
from tests.papers.conftest import autumn, begun, scene

from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import clock
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Post, Role
from zhengyou.pledges.actions import fulfilment
from zhengyou.pledges.models import Outcome, Pledge, PledgeItem

__all__ = ["autumn", "begun", "scene"]

SUMMER, AFTER, AUTUMN = date(2027, 6, 20), date(2027, 8, 2), date(2027, 9, 3)
LEARNT = "方案批得太慢，下一轮八月就收。"
LEARNT_BELOW = "开放周不要排在期中。"


def test_the_same_campaign_next_year(scene, capsys) -> None:
    old, gu = scene.campaign, client_as(scene.cast.gu, Role.CAMPAIGN_OFFICE)
    shen = client_as(scene.cast.shen, Role.SECRETARY)
    with clock.at(SUMMER):
        the_first_run_ends(scene, gu, shen)
    with clock.at(AFTER):
        before = public_pages(old)
        new = the_next_run_is_made(gu, old)
    with clock.at(AUTUMN):
        gu.post(f"/campaigns/{new.uid}/start/")
        the_branch_adopts(scene, shen, new)
        the_unfinished_promise_goes_on(scene, new)
    with clock.at(AFTER):
        assert public_pages(old) == before
    each_run_leads_to_the_other(gu, old, new)
    call_command("ledger", "verify")
    assert "完好" in capsys.readouterr().out


def the_first_run_ends(scene, gu: Client, shen: Client) -> None:
    """A promise is kept in part and shall go on; what was learnt is written; the run is closed."""
    item = PledgeItem.objects.get(pledge__person=scene.cast.song, number=3)
    fulfilment.assess(
        acting_as(scene.cast.song),
        item,
        outcome=Outcome.PARTLY,
        why="流感停了两周。",
        carry_on=True,
    )
    lessons = f"/campaigns/{scene.campaign.uid}/lessons/"
    assert gu.post(lessons, {"text": ""}).status_code == 422
    assert gu.post(lessons, {"text": LEARNT}).status_code == 302
    assert shen.post(lessons, {"text": LEARNT_BELOW}).status_code == 302
    assert gu.post(f"/campaigns/{scene.campaign.uid}/close/").status_code == 302


def public_pages(old: Campaign) -> dict[str, bytes]:
    """Return what everybody sees of the first run, all pages that lead from its site."""
    client, site = Client(), f"/c/{old.uid}/"
    found, waiting = {}, [site]
    while waiting:
        address = waiting.pop()
        answer = client.get(address)
        assert answer.status_code == 200, address
        found[address] = b"".join(answer) if answer.streaming else answer.content
        links = re.findall(rf'href="({site}[^"#?]*)"', found[address].decode(errors="replace"))
        waiting += sorted({link for link in links if link not in found} - set(waiting))
    assert len(found) >= 4
    return found


def the_next_run_is_made(gu: Client, old: Campaign) -> Campaign:
    """The office looks at what will be taken along, chooses a day, and confirms."""
    address = f"/campaigns/{old.uid}/again/"
    assert ">再办一次<" in gu.get(f"/campaigns/{old.uid}/").content.decode()
    seen = gu.get(address).content.decode()
    for words in ("1 个组织的 2 个席位", "2 份经验教训", LEARNT, "说好接着做的承诺 1 条"):
        assert words in seen, words
    given = {"title": old.title, "starts_on": "2026-01-01"}
    assert gu.post(address, given | {"do": "make"}).status_code == 422
    given["starts_on"] = "2027-09-01"
    assert "2027年9月1日" in gu.post(address, given | {"do": "look"}).content.decode()
    assert Campaign.objects.count() == 1
    answer = gu.post(address, given | {"do": "make"})
    new = Campaign.objects.get(previous=old)
    assert answer["Location"] == f"/campaigns/{new.uid}/"
    assert gu.get(address).status_code == 403, "once"
    return new


def the_branch_adopts(scene, shen: Client, new: Campaign) -> None:
    """What was learnt stands beside the drafting; the seats are taken over with one press."""
    assert shen.post(f"/campaigns/{new.uid}/adopt/").status_code == 302
    plan = new.plans.get()
    drafting = shen.get(f"/plans/{plan.uid}/edit/").content.decode()
    for words in (LEARNT, LEARNT_BELOW, "沈若兰，", "周启明，", "都沿用"):
        assert words in drafting, words
    assert shen.post(f"/plans/{plan.uid}/seats/again/").status_code == 302
    assert "都沿用" not in shen.get(f"/plans/{plan.uid}/groups/").content.decode()
    seats = Post.objects.on(clock.today()).filter(organisation__plan_group__plan=plan)
    assert {post.person.name for post in seats} == {"沈若兰", "周启明"}


def the_unfinished_promise_goes_on(scene, new: Campaign) -> None:
    """Who wanted to go on finds the promise in the new draft, from where it stands."""
    with clock.at(date(2027, 9, 20)):
        song = client_as(scene.cast.song)
        assert song.post(f"/pledges/new/{new.uid}/", {"do": "begin"}).status_code == 302
    (item,) = Pledge.objects.get(campaign=new, person=scene.cast.song).items.all()
    assert (item.state, item.baseline, item.carried_from.number) == ("draft", 12, 3)


def each_run_leads_to_the_other(gu: Client, old: Campaign, new: Campaign) -> None:
    """Inside both ways; in public from the new one back, since the old pages stay as they are."""
    assert f'href="/campaigns/{new.uid}/"' in gu.get(f"/campaigns/{old.uid}/").content.decode()
    assert f'href="/campaigns/{old.uid}/"' in gu.get(f"/campaigns/{new.uid}/").content.decode()
    assert f'href="/c/{old.uid}/"' in Client().get(f"/c/{new.uid}/").content.decode()
