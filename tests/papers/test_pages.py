"""The pages of papers: numbers lead to rows, the file is downloaded, nothing foreign exists."""

import re
from datetime import date
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import client_as

from zhengyou import documents
from zhengyou.papers import figures
from zhengyou.papers.models import Paper
from zhengyou.papers.summary import compose
from zhengyou.people.models import Role


@pytest.fixture
def address(scene) -> str:
    return reverse("papers:summary", args=[scene.campaign.uid, scene.cast.branch.uid])


@pytest.fixture
def client(scene) -> Client:
    return client_as(scene.cast.shen, Role.SECRETARY)


def links(page: str) -> dict[str, int]:
    """Return address of rows → number as it stands on the page."""
    found = re.findall(r'href="([^"]+/rows/[^"]+)"[^>]*>([\d,]+)', page)
    return {unquote(url): int(number.replace(",", "")) for url, number in found}


def test_every_number_leads_to_as_many_rows(scene, client, address):
    page = client.get(address).content.decode()
    linked = links(page)
    assert len(linked) == len({f.code for f in compose(scene.records()).figures})
    for url, number in linked.items():
        rows = client.get(url)
        assert rows.status_code == 200, url
        assert rows.context["page"].paginator.count == number, url
        assert rows.content.decode().count("<tr>") == (number + 1 if number else 0), url


def test_numbers_of_a_past_day_lead_to_rows_of_that_day(scene, client, address):
    page = client.get(address, {"day": "2026-09-18"}).content.decode()
    linked = links(page)
    assert all(url.endswith("?day=2026-09-18") for url in linked)
    returned = next(url for url in linked if "/items_returned" in url)
    assert linked[returned] == 1
    assert client.get(returned).context["day"] == date(2026, 9, 18)


@pytest.mark.parametrize("day", ["", "2999-01-01", "昨天", "2026-02-30"])
def test_a_day_that_cannot_be_counts_as_today(client, address, day):
    page = client.get(address, {"day": day})
    assert page.context["day"] == date(2026, 11, 10)


def test_from_number_to_the_file(scene, client, address):
    made = client.post(reverse("papers:make", args=_of(scene)), {"day": "2026-11-10"}, follow=True)
    text = made.content.decode()
    assert "已生成" in text
    url = re.search(r'href="(/files/[^"]+)"', text)
    assert url is not None
    file = client.get(url[1])
    content = b"".join(file) if file.streaming else file.content
    read = [piece.text for piece in documents.read_text(content)]
    whole = compose(scene.records())
    assert whole.blocks[0].plain in read
    assert read[-1] == "2026年11月10日"


def test_a_neighbour_finds_neither_page_nor_paper_nor_file(scene, client):
    client.post(reverse("papers:make", args=_of(scene)))
    paper = Paper.objects.get()
    other = client_as(scene.cast.wen, Role.SECRETARY)
    for url in (
        reverse("papers:summary", args=_of(scene)),
        reverse("papers:rows", args=[*_of(scene), "members"]),
        reverse("papers:paper", args=[paper.uid]),
        reverse("files:download", args=[paper.attachment.uid]),
    ):
        assert other.get(url).status_code == 404, url
    assert paper.title not in other.get(reverse("papers:index")).content.decode()


def test_a_member_is_told_why_not(scene, address):
    page = client_as(scene.cast.song).get(address)
    assert page.status_code == 403
    assert "只给本组织的书记" in page.content.decode()


def test_who_may_look_but_not_make_reads_the_reason_at_the_button(scene, address):
    page = client_as(scene.cast.yin, Role.INSPECTOR).get(address).content.decode()
    assert 'aria-disabled="true"' in page
    assert "总结由本组织的书记" in page
    posted = client_as(scene.cast.yin, Role.INSPECTOR).post(f"{address}make/")
    assert posted.status_code == 403
    assert not Paper.objects.exists()


@pytest.mark.parametrize("code", ["nothing", "criterion.x", "criterion.a.b.c", "members@x"])
def test_numbers_that_do_not_exist(client, address, code):
    assert client.get(f"{address}rows/{code}/").status_code == 404


def test_a_body_that_has_no_summary(scene, client):
    url = reverse("papers:summary", args=[scene.campaign.uid, scene.cast.low.uid])
    assert client.get(url).status_code == 404


def test_all_papers_in_a_constant_number_of_queries(scene, client):
    make = reverse("papers:make", args=_of(scene))
    client.post(make)
    index, address = reverse("papers:index"), reverse("papers:summary", args=_of(scene))
    counts = {}
    for papers in (1, 6):
        while Paper.objects.count() < papers:
            client.post(make)
        for url in (index, address):
            with CaptureQueriesContext(connection) as seen:
                client.get(url)
            counts.setdefault(url, set()).add(len(seen))
    assert all(len(found) == 1 for found in counts.values()), counts


def test_covered_rows_say_so(scene, client, address):
    page = client.get(f"{address}rows/items_draft/").content.decode()
    assert page.count(figures.COVERED) == 3
    assert "每周三放学后讲题" not in page


def _of(scene):
    return [scene.campaign.uid, scene.cast.branch.uid]
