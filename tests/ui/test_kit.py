"""The kit page shows every component, and the pages that say no read well."""

from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from zhengyou import ui

COMPONENTS = Path(ui.__file__).parent / "templates" / "ui" / "components"
pytestmark = pytest.mark.django_db


@pytest.fixture
def kit(client):
    return client.get("/kit/")


def test_every_component_has_a_specimen(kit):
    shown = {template.name for template in kit.templates}
    missing = {
        path.name for path in COMPONENTS.glob("*.html") if f"ui/components/{path.name}" not in shown
    }
    assert missing == set()


def test_it_is_public_but_not_for_search_engines(kit):
    assert kit.status_code == 200
    assert kit["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in kit.text


def test_the_content_security_policy_allows_no_inline_code(kit):
    policy = kit["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy


def test_ids_are_unique(kit):
    ids = [part.split('"')[0] for part in kit.text.split(' id="')[1:]]
    assert sorted(ids) == sorted(set(ids))


def test_ties_lead_somewhere(kit):
    ids = {part.split('"')[0] for part in kit.text.split(' id="')[1:]}
    for tie in ("aria-describedby", "aria-labelledby", "for", "data-dialog", "data-into"):
        for part in kit.text.split(f' {tie}="')[1:]:
            assert set(part.split('"')[0].split()) <= ids, tie


def test_names_cannot_smuggle_a_script(kit):
    assert "<script>alert" not in kit.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in kit.text


def test_it_answers_only_reading(client):
    assert client.post("/kit/").status_code == 405


@pytest.mark.parametrize("name", ["404.html", "403.html", "403_csrf.html", "400.html", "500.html"])
def test_error_pages_need_nothing_at_all(name):
    html = render_to_string(name)
    assert '<html lang="zh-CN"' in html
    assert "<h1>" in html


@pytest.mark.parametrize("name", ["ui/refused.html", "ui/stale.html"])
def test_a_no_gives_the_reason(name):
    html = render_to_string(name, {"reason": "公示没满 <5> 天。"})
    assert "公示没满 &lt;5&gt; 天。" in html


def test_the_question_as_a_page_posts_what_was_asked():
    request = RequestFactory().get("/")
    context = {"title": "撤下？", "yes": "撤下", "url": "/w/", "back": "/p/", "hidden": {"n": 7}}
    html = render_to_string("ui/confirm.html", context, request=request)
    assert '<form class="card zy-tile" method="post" action="/w/">' in html
    assert 'name="csrfmiddlewaretoken"' in html
    assert '<input type="hidden" name="n" value="7">' in html
    assert 'href="/p/">先不</a>' in html


class TestFrame:
    HATS = [
        {"uid": "1", "title": "育新小学党支部书记", "current": True},
        {"uid": "2", "title": "教育局党委委员", "current": False},
    ]
    SIGNED_IN = {
        "signed_in": True, "name": "沈若兰", "face": "沈", "hat_title": "育新小学党支部书记",
        "hats": HATS, "hat_url": "/hat/", "logout_url": "/logout/", "place": "desk",
    }  # fmt: skip

    def draw(self, **context):
        return render_to_string("ui/base.html", {"csrf_token": "tok"} | context)

    def test_nobody_known_still_gets_the_three_places(self):
        html = self.draw()
        assert [place in html for place in ("工作台", "组织", "公开")] == [True] * 3
        assert "退出" not in html

    def test_the_hats_are_one_form(self):
        html = self.draw(frame=self.SIGNED_IN)
        assert 'action="/hat/"' in html
        assert 'name="hat" value="1" aria-current="true"' in html
        assert 'name="hat" value="2">' in html

    def test_one_hat_needs_no_switch(self):
        assert "/hat/" not in self.draw(frame=self.SIGNED_IN | {"hats": self.HATS[:1]})

    def test_a_page_may_say_where_it_belongs(self):
        frame = self.SIGNED_IN
        assert '<a href="/desk/" aria-current="true">' in self.draw(frame=frame)
        assert '<a href="/orgs/" aria-current="true">' in self.draw(frame=frame, place="orgs")

    def test_no_search_no_box(self):
        assert "zy-find" not in self.draw(frame=self.SIGNED_IN)
        assert 'action="/s/"' in self.draw(frame=self.SIGNED_IN | {"search_url": "/s/"})

    def test_signed_out_there_is_one_button(self):
        html = self.draw(frame={"signed_in": False, "login_url": "/login/"})
        assert '<a class="btn btn-quiet" href="/login/">登录</a>' in html
