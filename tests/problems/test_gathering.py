"""Common problems of several bodies become one of the level above, answered by policy."""

from datetime import date

import pytest
from tests.cast import client_as

from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role
from zhengyou.problems.actions import gathering
from zhengyou.problems.actions.raising import raise_problem
from zhengyou.problems.likeness import Titled, likely_same
from zhengyou.problems.models import Did, GatheredProblem, Problem, ProblemState
from zhengyou.problems.queries.gathering import hints, offered
from zhengyou.problems.queries.ties import ties_of
from zhengyou.problems.rules import gathering as rules

DAY = date(2026, 10, 12)


@pytest.fixture(autouse=True)
def _october():
    with clock.at(DAY):
        yield


@pytest.fixture
def gu(cast):
    """The bureau's campaign office."""
    return acting_as(cast.gu, Role.CAMPAIGN_OFFICE)


def of(cast, body, title: str, **more) -> Problem:
    """A problem of one of the two schools."""
    lead = acting_as(cast.shen if body == cast.branch else cast.wen, Role.SECRETARY)
    return raise_problem(lead, body, title=title, source=body.ref, **more)


@pytest.fixture
def two(cast) -> list[Problem]:
    """The same in both schools."""
    return [
        of(cast, cast.branch, "要填的表太多"),
        of(cast, cast.nanhu, "填的表太多、重复填"),
    ]


@pytest.mark.pure
@pytest.mark.parametrize(
    ("rows", "groups"),
    [
        ([(1, 1, "要填的表太多", None), (2, 2, "填的表太多、重复填", None)], [[1, 2]]),
        ([(1, 1, "要填的表太多", None), (2, 1, "要填的表太多了", None)], []),
        ([(1, 1, "要填的表太多", None), (2, 2, "校门口堵车", None)], []),
        ([(1, 1, "甲", 7), (2, 2, "乙", 7), (3, 3, "丙", 8)], [[1, 2]]),
        (
            [(1, 1, "甲", 7), (2, 2, "乙", 7), (3, 1, "路灯坏", None), (4, 2, "路灯坏", None),
             (5, 3, "路灯坏了", None)],
            [[3, 4, 5], [1, 2]],
        ),
    ],
)  # fmt: skip
def test_what_is_likely_one_problem(rows, groups) -> None:
    assert likely_same(Titled(*row) for row in rows) == groups


def test_gathered_they_stay_where_they_are_and_see_the_answer(cast, gu, two) -> None:
    common = gathering.gather(
        gu, cast.bureau, two, title="各校要填的表太多", deadline=date(2026, 11, 6)
    )
    assert (common.organisation, common.source_label) == (cast.bureau, "2 个组织的共性问题")
    assert [row.state for row in Problem.objects.filter(pk__in=[p.pk for p in two])] == [
        ProblemState.OPEN
    ] * 2
    shen = acting_as(cast.shen, Role.SECRETARY)
    ties = ties_of(shen, two[0])
    assert ties.common is not None and ties.answers == []
    assert (ties.common.title, ties.common.url) == ("各校要填的表太多", "")

    gathering.answer(gu, common, "从本月起，三张表并成一张，由局里汇总。", "教办〔2026〕41号")
    for lead, row in ((shen, two[0]), (acting_as(cast.wen, Role.SECRETARY), two[1])):
        (answer,) = ties_of(lead, row).answers
        assert (answer.basis, answer.by) == ("教办〔2026〕41号", cast.gu)
        assert [step.did for step in row.steps.all()] == [Did.RAISE, Did.GATHER, Did.POLICY]
    facts = Fact.objects.filter(verb="problem.policy")
    assert facts.count() == 3 and "三张表" not in "".join(str(fact.data) for fact in facts)


def test_of_one_body_alone_it_is_not_common(cast, gu) -> None:
    rows = [of(cast, cast.branch, "表多"), of(cast, cast.branch, "表太多")]
    with pytest.raises(Refused, match="至少要有两个组织"):
        gathering.gather(gu, cast.bureau, rows, title="表多")
    assert not GatheredProblem.objects.exists()


def test_what_is_a_persons_or_settled_or_gathered_is_not_gathered(cast, gu, two) -> None:
    own = of(cast, cast.branch, "自己的不足", subject=cast.shen)
    settled = of(cast, cast.nanhu, "办完了的")
    Problem.objects.filter(pk=settled.pk).update(
        state=ProblemState.CLOSED, owner=cast.wen, deadline=DAY
    )
    assert set(offered(gu, cast.bureau)) == set(two)
    for row in (own, settled):
        with pytest.raises(Refused, match="刷新后再选"):
            gathering.gather(gu, cast.bureau, [*two, row], title="表多")
    gathering.gather(gu, cast.bureau, two, title="表多")
    assert offered(gu, cast.bureau) == []
    with pytest.raises(Refused, match="刷新后再选"):
        gathering.gather(gu, cast.bureau, two, title="再来一次")


def test_one_may_be_taken_out_again_and_put_in_later(cast, gu, two) -> None:
    third = of(cast, cast.nanhu, "临时报的数多")
    common = gathering.gather(gu, cast.bureau, two, title="表多")
    gathering.join(gu, common, [third])
    link = GatheredProblem.objects.get(member=third)
    with pytest.raises(Refused, match="写一句为什么"):
        gathering.let_go(gu, link, " ")
    gathering.let_go(gu, link, "是另一件事")
    with pytest.raises(Refused, match="已经拿出来了"):
        gathering.let_go(gu, link, "是另一件事")
    assert ties_of(acting_as(cast.wen, Role.SECRETARY), third).common is None
    gathering.join(gu, common, [third])
    assert GatheredProblem.objects.filter(member=third).count() == 2


@pytest.mark.parametrize(
    ("who", "role", "may"),
    [
        ("gu", Role.CAMPAIGN_OFFICE, True),
        ("qin", Role.SECRETARY, True),
        ("yin", Role.INSPECTOR, False),
        ("shen", Role.SECRETARY, False),
        ("zhuo", Role.SYSTEM_ADMIN, False),
        ("gu", None, False),
    ],
)
def test_who_gathers(cast, who, role, may) -> None:
    assert bool(rules.may_gather(acting_as(getattr(cast, who), role), cast.bureau)) is may


def test_the_hint_is_a_hint_and_the_pages_do_it(cast, two) -> None:
    client, url = (
        client_as(cast.gu, Role.CAMPAIGN_OFFICE),
        f"/orgs/{cast.bureau.uid}/problems/gather/",
    )
    page = client.get(url).content.decode()
    assert "可能是同一个问题" in page and "checked" not in page
    (hint,) = hints(two)
    chosen = client.get(f"{url}?{hint.query}")
    assert chosen.content.decode().count("checked") == 2
    key = chosen.context["form"]["key"].value()
    data = {"with": [str(row.uid) for row in two], "title": "表太多", "key": str(key)}
    assert client.post(url, data | {"with": []}).status_code == 422
    done = client.post(url, data)
    assert client.post(url, data).headers["Location"] == done.headers["Location"]
    common = done.headers["Location"]
    assert client.post(common, {"words": ""}).status_code == 422
    assert client.post(common, {"words": "并成一张表"}).status_code == 302
    assert "并成一张表" in client.get(common).content.decode()
    out = f"{common}{two[0].uid}/out/"
    assert client.get(out).status_code == 200
    assert client.post(out, {"why": "不是一回事"}).status_code == 302
    assert client_as(cast.shen, Role.SECRETARY).get(url).status_code in (403, 404)


def test_the_page_takes_the_same_queries_for_2_and_30(cast, gu, two, django_assert_num_queries):
    with django_assert_num_queries(1):
        offered(gu, cast.bureau)
    for place in range(28):
        of(cast, cast.branch, f"第{place}件事")
    with django_assert_num_queries(1):
        assert len(hints(offered(gu, cast.bureau))) == 1
