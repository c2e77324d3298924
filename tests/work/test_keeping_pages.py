"""Pages of what a campaign asks for: seen, added, changed, ended; lifted; left to a body."""

from datetime import date

import pytest
from django.test import Client
from tests.cast import client_as
from tests.work.scene import Autumn, exempted

from zhengyou.kernel import clock
from zhengyou.people.models import Role
from zhengyou.work.models import DutyExemption, OwnCadence

NOW = date(2026, 10, 14)


@pytest.fixture(autouse=True)
def _today():
    with clock.at(NOW):
        yield


@pytest.fixture
def office(season: Autumn) -> Client:
    return client_as(season.cast.gu, Role.CAMPAIGN_OFFICE)


@pytest.fixture
def lead(season: Autumn) -> Client:
    return client_as(season.cast.shen, Role.SECRETARY)


def page(season: Autumn, code: str = "", act: str = "") -> str:
    end = f"{code}/" if code else ""
    return f"/campaigns/{season.campaign.uid}/duties/{end}{f'{act}/' if act else ''}"


def form_of(response) -> dict[str, object]:
    """What a browser would send back of the form, unchanged."""
    form = response.context["form"]
    values = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    return {"seen": form.seen, **values}


def test_a_duty_is_changed_from_a_month_on(season: Autumn, office: Client, lead: Client) -> None:
    assert "主题党日" in lead.get(page(season)).content.decode()
    assert lead.get(page(season, "day", "change")).status_code == 403
    shown = office.get(page(season, "day", "change"))
    values = form_of(shown) | {"since": "2026-11-01", "reason": "多办一次"}

    wrong = office.post(page(season, "day", "change"), values | {"f-least": "五千", "f-times": "2"})
    assert wrong.status_code == 422
    assert "看不懂“五千”" in wrong.content.decode()
    stale = office.post(page(season, "day", "change"), values | {"seen": "x", "f-times": "2"})
    assert "别人也改了这项任务" in stale.content.decode()
    done = office.post(page(season, "day", "change"), values | {"f-times": "2"}, follow=True)
    text = done.content.decode()
    assert "2026年11月1日起" in text
    assert "每月 2 次" in text
    assert "以后这样" in text
    assert [row.times for row in season["day"].terms.order_by("since")] == [1, 2]


def test_a_duty_is_added_and_ended(season: Autumn, office: Client) -> None:
    new = f"/campaigns/{season.campaign.uid}/new-duty/"
    assert office.get(new).status_code == 200
    values = {
        "f-title": "读一本书", "code": "", "f-who-standing": ["正式党员"],
        "f-record": ["心得体会"], "f-every": "每月", "since": "2026-10-14", "reason": "读书月",
    }  # fmt: skip
    wrong = office.post(new, values | {"f-who-kind": ["党支部"], "f-who-enrolled": "结对"})
    assert "一个任务只能是一种人或组织的" in wrong.content.decode()
    assert "读一本书" in office.post(new, values, follow=True).content.decode()
    made = season.campaign.duties.get(title="读一本书")
    assert made.terms.get().standings == ["full"]

    end = page(season, made.code, "end")
    assert office.get(end).status_code == 200
    gone = office.post(end, {"since": "2026-11-01", "reason": "读完了"}, follow=True)
    assert "停了，做过的都在" in gone.content.decode()
    assert made.terms.get().until == date(2026, 11, 1)


def test_the_list_asks_as_often_for_one_as_for_many(
    season: Autumn, office: Client, django_assert_num_queries
) -> None:
    office.get(page(season))
    with django_assert_num_queries(10):
        office.get(page(season))
    season.campaign.duties.exclude(code="day").delete()
    with django_assert_num_queries(10):
        office.get(page(season))


def test_a_duty_is_lifted_and_asked_again(season: Autumn, lead: Client, office: Client) -> None:
    cast, day = season.cast, season["day"]
    url = f"/duties/of/{cast.branch.uid}/exemptions/"
    values = {"duty": str(day.uid), "who": str(cast.zhou.uid), "since": "2026-10-14",
              "last": "2026-11-30", "reason": "外出学习"}  # fmt: skip
    assert lead.get(url).status_code == 200
    assert "写明为什么免做" in lead.post(url, values | {"reason": ""}).content.decode()
    text = lead.post(url, values, follow=True).content.decode()
    assert "周启明：主题党日" in text
    assert "外出学习" in text
    row = DutyExemption.objects.get()
    # Above, whose it is stays unsaid, and is not theirs to change.
    above = office.get(url).content.decode()
    assert "周启明" not in above
    end = f"{url}{row.uid}/end/"
    assert office.post(end).status_code == 404
    assert "照常要做" in lead.post(end, follow=True).content.decode()
    row.refresh_from_db()
    assert row.until == NOW

    own = {"duty": str(season["assembly"].uid), "who": "itself", "since": "2026-10-14",
           "reason": "在改选"}  # fmt: skip
    assert lead.post(url, own).status_code == 422
    assert office.post(url, own).status_code == 302
    assert DutyExemption.objects.get(organisation=cast.branch).until is None


def test_lists_of_what_is_lifted_ask_as_often(
    season: Autumn, lead: Client, django_assert_num_queries
) -> None:
    cast = season.cast
    url = f"/duties/of/{cast.branch.uid}/exemptions/"
    exempted(season["day"], cast.zhou, NOW)
    lead.get(url)
    with django_assert_num_queries(13):
        lead.get(url)
    for duty in ("notes", "hours", "lesson"):
        exempted(season[duty], cast.zhou, NOW)
        exempted(season[duty], cast.he, NOW)
    with django_assert_num_queries(13):
        lead.get(url)


def test_a_body_says_how_often(season: Autumn, lead: Client, office: Client) -> None:
    cast, hearing = season.cast, season["hearing"]
    url = f"/duties/of/{cast.branch.uid}/intervals/"
    assert "还没有定" in lead.get(url).content.decode()
    values = {"duty": str(hearing.uid), "cadence": "month"}
    assert lead.post(url, values | {"cadence": "hour"}).status_code == 422
    assert lead.post(url, values | {"duty": str(season["day"].uid)}).status_code == 404
    text = lead.post(url, values, follow=True).content.decode()
    assert "每月，2026年10月14日起" in text
    assert OwnCadence.objects.get().organisation == cast.branch
    member = client_as(cast.he)
    assert member.post(url, values).status_code == 403


def test_who_is_concerned_is_told_on_the_desk(season: Autumn, lead: Client, office: Client) -> None:
    cast, day = season.cast, season["day"]
    he = client_as(cast.he)
    url = f"/duties/of/{cast.branch.uid}/exemptions/"
    lead.post(url, {"duty": str(day.uid), "who": str(cast.he.uid), "since": "2026-10-14",
                    "reason": "住院"})  # fmt: skip
    office.post(page(season, "assembly", "end"), {"since": "2027-01-01", "reason": "并会"})
    told = [(row.label, row.title) for row in he.get("/desk/").context["desk"].changes]
    assert ("免做任务", "主题党日") in told
    assert ("停了任务", "支部党员大会") in told
    assert "免做任务" not in [row.label for row in office.get("/desk/").context["desk"].changes]
