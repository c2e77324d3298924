"""Bodies that have no 书记: a union led by its 主席, a team by its 组长. They adopt, write, send
and publish a plan, and pledge, as branches do; a head of a group reaches nothing else."""

from datetime import date

import pytest
from tests.campaigns.conftest import PLEDGES, SMALL
from tests.cast import client_as

from zhengyou.campaigns import queries, rules
from zhengyou.campaigns.actions import campaigns, plans
from zhengyou.campaigns.models import Plan
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.people.actions import posts, tree
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Kind, Post, Role
from zhengyou.people.models.post import heads_of, role_label
from zhengyou.pledges import rules as pledges

pytestmark = pytest.mark.django_db

BOTH = (
    SMALL.replace('["党支部"]', '["党支部", "工会", "服务队"]')
    + """
[pledge.body]
title    = "公开承诺"
who      = { kind = ["工会", "服务队"] }
standard = "branch"
reviewer = { post = "书记" }
progress = "每月"
"""
)
LED = [("union", "zhou", Role.SECRETARY), ("team", "song", Role.SEAT_HEAD)]


@pytest.fixture
def bodies(cast, office):
    """A union and a team of the branch with their heads, before a campaign that covers both."""
    with clock.at(date(2026, 8, 1)):
        union = tree.found(office, name="育新小学工会", kind=Kind.UNION, parent=cast.branch)
        team = tree.found(office, name="青年服务队", kind=Kind.TEAM, parent=cast.branch)
        posts.appoint(office, cast.zhou, union, Role.SECRETARY)
        posts.appoint(office, cast.su, union, Role.DEPUTY_SECRETARY)
        posts.appoint(office, cast.song, team, Role.SEAT_HEAD)
    with clock.at(date(2026, 9, 15)):
        campaign = campaigns.create(office, cast.bureau, BOTH, date(2026, 9, 1))
        campaign.open(office)
        yield {"union": union, "team": team, "campaign": campaign}


def head(cast, bodies, body, who, role):
    actor = acting_as(cast.persons[who], role)
    hat = next(hat for hat in actor.hats if hat.organisation == bodies[body])
    return type(actor)(actor.account, actor.person, hat, actor.hats, actor.memberships)


@pytest.mark.parametrize(("body", "who", "role"), LED)
def test_a_body_without_secretary_goes_the_whole_way(cast, bodies, body, who, role):
    campaign, own = bodies["campaign"], bodies[body]
    actor, secretary = head(cast, bodies, body, who, role), acting_as(cast.shen, Role.SECRETARY)
    assert [row.button for row in queries.todo_for(actor)] == ["去采用"]
    assert not rules.may_adopt(secretary, campaign, own)  # each body adopts its own
    plan = plans.adopt(actor, campaign, own)
    plans.write(actor, plan, {"pledges": PLEDGES}, plan.revision)
    plan = Plan.objects.select_related("campaign", "organisation").get(pk=plan.pk)
    plan.submit(actor)
    assert not rules.may_review_plan(actor, plan)
    plan.approve(secretary, revision=plan.revision)
    plan.publish(actor)
    assert plan.state == ClimbState.PUBLISHED
    with clock.at(date(2026, 10, 16)):
        assert pledges.may_begin(actor, campaign, own, None)
    groups = plan.groups.count()
    assert groups == 2 and rules.may_seat(actor, plan)


def test_what_the_head_of_a_group_does_not_reach(cast, bodies):
    actor = head(cast, bodies, "team", "song", Role.SEAT_HEAD)
    assert not rules.may_adopt(actor, bodies["campaign"], bodies["union"])
    assert not rules.may_create_campaign(actor, bodies["team"])
    with pytest.raises(Refused, match="采用活动要由青年服务队的组长或副组长来办"):
        plans.adopt(acting_as(cast.zhou, Role.DEPUTY_SECRETARY), bodies["campaign"], bodies["team"])


def test_a_unions_head_is_called_chair(cast, bodies):
    post = Post.objects.get(organisation=bodies["union"], role=Role.SECRETARY)
    assert (post.title, heads_of(Kind.UNION)) == ("主席", "主席或副主席")
    assert role_label(Role.SECRETARY, Kind.BRANCH) == "书记"
    with pytest.raises(Refused, match="育新小学工会的主席现在是周启明"):
        posts.appoint(acting_as(cast.gu, Role.CAMPAIGN_OFFICE), cast.wei, bodies["union"],
                      Role.SECRETARY)  # fmt: skip
    with pytest.raises(Refused, match="工会没有“组长”这个职务"):
        posts.appoint(acting_as(cast.gu, Role.CAMPAIGN_OFFICE), cast.wei, bodies["union"],
                      Role.SEAT_HEAD)  # fmt: skip
    page = client_as(cast.shen, Role.SECRETARY).get(f"/orgs/{bodies['union'].uid}/").content
    assert "主席" in page.decode()
    offered = client_as(cast.gu, Role.CAMPAIGN_OFFICE).get(
        f"/orgs/{bodies['union'].uid}/appoint/").content.decode()  # fmt: skip
    assert "副主席" in offered and "副书记" not in offered


def test_seats_of_unions_become_posts(cast, bodies):
    """The data migration: of two heads at a time the first is the chair; running it twice is
    nothing."""
    from importlib import import_module

    from django.apps import apps

    union = bodies["union"]
    Post.objects.filter(organisation=union).delete()
    for who, role, since in (
        ("su", Role.SEAT_HEAD, 2), ("zhou", Role.SEAT_HEAD, 1), ("wei", Role.SEAT_DEPUTY, 1),
        ("song", Role.SEAT_MEMBER, 1),
    ):  # fmt: skip
        Post.objects.create(person=cast.persons[who], organisation=union, role=role,
                            since=date(2026, 8, since))  # fmt: skip
    for _ in range(2):
        import_module("zhengyou.people.migrations.0007_chairs").give_posts(apps, None)
        assert dict(union.posts.values_list("person__name", "role")) == {
            "周启明": "secretary", "苏映雪": "deputy_secretary", "魏长青": "deputy_secretary",
            "宋知行": "committee_member",
        }  # fmt: skip
