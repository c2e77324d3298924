"""The tags: what they draw, what they refuse, and that nothing slips through unescaped."""

from dataclasses import dataclass

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from zhengyou.ui.tags import pieces

pytestmark = pytest.mark.pure


@dataclass
class Said:
    ok: bool
    reason: str = ""


YES, NO = Said(True), Said(False, "已经<公开>的不能再改。")


def drawn(source, **context):
    return Template(source).render(Context({"yes": YES, "no": NO, "csrf_token": "tok"} | context))


def test_every_listed_icon_is_known_and_no_other():
    assert "#flag" in drawn('{% icon "flag" %}')
    with pytest.raises(ValueError, match="add the line"):
        drawn('{% icon "flagg" %}')


@pytest.mark.parametrize("kind", pieces.STATES)
def test_a_state_has_its_glyph_and_its_words(kind):
    html = drawn("{% state kind words %}", kind=kind, words="<b>")
    assert f"states.svg#{kind}" in html
    assert "&lt;b&gt;" in html


def test_a_state_nobody_knows_is_a_mistake():
    with pytest.raises(ValueError, match="no state"):
        drawn('{% state "finished" "做完" %}')


class TestBar:
    def test_stays_on_the_scale(self):
        html = drawn("{% bar 140 -3 '超了' %}")
        assert 'width="100%" height="8" rx="4"/><line class="m" x1="0%"' in html

    def test_without_words_it_is_hidden_from_readers(self):
        assert 'aria-hidden="true"' in drawn("{% bar 10 %}")
        assert 'role="img" aria-label="做了一成"' in drawn("{% bar 10 label='做了一成' %}")

    def test_no_mark_no_tick(self):
        assert "<line" not in drawn("{% bar 10 None %}")
        assert "<line" not in drawn("{% goal '0 本' '1 本' '10 本' 10 %}")


class TestAct:
    def test_a_yes_leads_on(self):
        html = drawn('{% act "去审" yes "/r/1/" about="宋知行" %}')
        assert 'href="/r/1/"' in html
        assert "aria-disabled" not in html
        assert '<span class="visually-hidden">，宋知行</span>' in html

    def test_a_no_stays_and_says_why(self):
        html = drawn('{% act "去审" no "/r/1/" %}')
        assert 'href="/r/1/"' in html  # without JavaScript the server answers in the same words
        tied = html.split('aria-describedby="')[1].split('"')[0]
        assert f'id="{tied}">已经&lt;公开&gt;的不能再改。</p>' in html

    def test_post_is_a_form_with_its_fields(self):
        html = drawn('{% act "收回" yes "/p/" method="post" mark=mark %}', mark='"><script>')
        assert '<form class="zy-do" method="post" action="/p/">' in html
        assert 'name="csrfmiddlewaretoken" value="tok"' in html
        assert 'name="mark" value="&quot;&gt;&lt;script&gt;"' in html

    def test_two_refusals_on_a_page_have_their_own_reasons(self):
        html = drawn('{% act "a" no "/" %}{% for x in "12" %}{% act "b" no "/" %}{% endfor %}')
        tied = [part.split('"')[0] for part in html.split('aria-describedby="')[1:]]
        assert len(set(tied)) == 3

    def test_a_misspelt_verdict_is_a_mistake_not_a_yes(self):
        with pytest.raises(ValueError, match="no verdict"):
            drawn('{% act "去审" may_reviw "/" %}')

    def test_no_rule_is_said_openly(self):
        assert "aria-disabled" not in drawn('{% act "看看" True "/" %}')


class TestConfirm:
    def test_asks_in_a_dialog_and_leads_to_the_page_without_one(self):
        html = drawn('{% confirm "撤下" "/w/" "撤下？" "不再显示。" yes="撤下" n=1 %}')
        dialog = html.split('data-dialog="')[1].split('"')[0]
        assert f'<dialog class="zy-ask" id="{dialog}"' in html
        assert 'href="/w/"' in html
        assert '<form method="post" action="/w/">' in html
        assert '<input type="hidden" name="n" value="1">' in html

    def test_refused_it_does_not_ask(self):
        html = drawn('{% confirm "撤下" "/w/" "撤下？" verdict=no %}')
        assert "dialog" not in html
        assert 'aria-disabled="true"' in html


def test_people_are_escaped_everywhere():
    nasty = "<img src=x>"
    source = (
        "{% person_chip n n n n %}{% row 'todo' n n n n n %}{% endrow %}"
        "{% tile n n n %}{% endtile %}"
        "{% pagehead n n %}{% endpagehead %}{% section n 1 n n n %}{% endsection %}"
        "{% goal n n n 1 %}{% notice 'info' n %}{% endnotice %}{% empty n n %}{% endempty %}"
        "{% chart n n n 'bars' n n %}{% endchart %}{% actionbar n n n n %}{% endactionbar %}"
        "{% ring 1 2 n %}{% figures f %}{% facts f %}{% thread t %}{% pick p n n %}"
        "{% segments p n %}{% standards s n %}{% crumb f %}{% pair w %}{% quick q n %}"
    )
    item = {"title": nasty, "url": nasty, "sub": nasty, "count": nasty}
    html = drawn(
        source,
        n=nasty,
        f=[(nasty, nasty), (nasty, nasty)],
        p=[item],
        q=[nasty],
        s=[{"title": nasty, "note": nasty, "points": [item]}],
        t=[{"who": nasty, "role": nasty, "text": nasty, "state": ("done", nasty)}],
        w={"title": nasty, "mine_label": nasty, "mine": nasty, "theirs_label": nasty,
           "theirs": [(nasty, True), (nasty, False)]},
    )  # fmt: skip
    assert "<img" not in html
    assert html.count("&lt;img src=x&gt;") > 50


def test_an_empty_fact_reads_as_not_written():
    assert "没写" in drawn("{% facts f %}", f=[("目标", "")])
    assert "没写" not in drawn("{% facts f %}", f=[("目标", "3 人")])


def test_a_crumb_ends_where_we_are():
    html = drawn("{% crumb f %}", f=[("县委", "/o/1/"), {"title": "南湖小学", "url": "/o/2/"}])
    assert '<a class="link" href="/o/1/">县委</a>' in html
    assert '<span aria-current="page">南湖小学</span>' in html


class TestQuery:
    def render(self, source, address, **context):
        return drawn(source, request=RequestFactory().get(address), **context)

    def test_changes_one_key_and_goes_to_the_first_page(self):
        html = self.render("{% query sort='name' %}", "/?q=a&sort=x&page=4")
        assert html == "?q=a&amp;sort=name"

    def test_takes_keys_out_and_keeps_lists(self):
        assert self.render("{% query q=None %}", "/?q=a&c=1&c=2") == "?c=1&amp;c=2"

    def test_cannot_be_broken_out_of(self):
        html = self.render('<a href="{% query x=v %}">', "/?%22%3E=1", v='"><b>')
        assert "<b>" not in html
        assert html.count('"') == 2

    def test_works_without_a_request(self):
        assert drawn("{% query a=1 %}") == "?a=1"


class TestPaginator:
    def render(self, number, address="/?q=x&page=9", items=30):
        page = Paginator(range(items), 10).page(number)
        request = RequestFactory().get(address)
        return drawn("{% paginator page '条' %}", page=page, request=request)

    def test_leads_both_ways_and_keeps_the_filter(self):
        html = self.render(2)
        assert 'href="?page=1&amp;q=x"' in html
        assert 'href="?page=3&amp;q=x"' in html
        assert "第 2 页，共 3 页，30 条" in html

    def test_ends_lead_one_way(self):
        assert "上一页" not in self.render(1)
        assert "下一页" not in self.render(3)

    def test_one_page_needs_none(self):
        assert self.render(1, items=10).strip() == ""


class TestProgress:
    JOB = {"title": "导入", "done": 3, "total": 12, "unit": "行", "url": "/job/1/part/"}

    def test_running_it_asks_again_and_can_be_stopped(self):
        html = drawn("{% progress job %}", job=self.JOB | {"state": "running", "cancel_url": "/x/"})
        assert 'hx-get="/job/1/part/"' in html
        assert '<progress max="12" value="3"' in html
        assert 'action="/x/"' in html

    @pytest.mark.parametrize("state", ["done", "stopped", "failed"])
    def test_ended_it_rests(self, state):
        html = drawn("{% progress job %}", job=self.JOB | {"state": state, "cancel_url": "/x/"})
        assert "hx-get" not in html
        assert "停下</button>" not in html


def test_a_ring_of_nothing_is_empty_not_an_error():
    assert "0%" in drawn("{% ring 0 0 '没有要做的' %}")
