"""The pages of a box, seen from outside and from within."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.cast import client_as
from tests.voices.open_week import CHINESE, HALL, MATHS, Week

from zhengyou.people.models import Role
from zhengyou.remarks import codes
from zhengyou.voices.actions import triage
from zhengyou.voices.models import Voice, VoiceState, What


def post(client: Client, url: str, **typed: object):
    return client.post(url, typed)


def put_in_url(week: Week) -> str:
    return reverse("voices:put_in", args=[week.box.uid])


class TestOutside:
    def test_asks_takes_and_gives_a_code(self, week: Week) -> None:
        page = Client().get(put_in_url(week))
        assert "秋季开放周意见箱" in page.content.decode()
        assert "收到2026年10月18日为止" in page.content.decode()
        place = week.place(MATHS)
        answer = post(
            Client(), put_in_url(week), text="讲得很清楚。", place=place.uid, token="",
        )  # fmt: skip
        assert answer.status_code == 200
        code = answer.context["code"]
        voice = Voice.objects.get()
        assert (voice.place, voice.state, voice.author) == (place, VoiceState.WAITING, None)
        found = post(Client(), reverse("remarks:look_up"), code=code).content.decode()
        assert "讲得很清楚。" in found
        assert "还没有看" in found

    def test_sent_twice_is_one(self, week: Week) -> None:
        form = Client().get(put_in_url(week)).context["form"]
        typed = {"text": "操场的灯坏了。", "token": form.initial["token"]}
        first, second = (Client().post(put_in_url(week), typed) for _ in range(2))
        assert first.context["code"] == second.context["code"]
        assert Voice.objects.count() == 1

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({"text": ""}, "还没有写意见"),
            ({"text": "字" * 1001}, "最多 1000 个"),
            ({"text": "好", "website": "http://x"}, "请留空"),
            ({"text": "好", "signature": "名" * 21}, "署名最多"),
        ],
    )
    def test_says_what_is_wrong(self, week: Week, typed: dict[str, str], words: str) -> None:
        answer = Client().post(put_in_url(week), typed)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert not Voice.objects.exists()

    def test_a_place_of_its_own_asks_for_none(self, week: Week) -> None:
        url = reverse("voices:put_in_at", args=[week.box.uid, week.place(HALL).uid])
        assert "说的是哪里" not in Client().get(url).content.decode()
        post(Client(), url, text="汤太咸。")
        assert Voice.objects.get().place == week.place(HALL)

    def test_what_was_said_and_what_became_of_it(self, week: Week) -> None:
        voice = week.say("灯管闪。", CHINESE, "一位家长")
        assert "灯管闪" not in Client().get(put_in_url(week)).content.decode()
        triage.done(week.su, [voice], "当天就换了灯管。")
        assert "灯管闪" not in Client().get(put_in_url(week)).content.decode()
        triage.show(week.su, [voice])
        page = Client().get(put_in_url(week)).content.decode()
        for words in ("灯管闪。", "一位家长", "二年级语文课", "已经办好", "当天就换了灯管。"):
            assert words in page

    def test_a_draft_and_a_closed_box(self, week: Week) -> None:
        from zhengyou.voices.actions import boxes

        boxes.close(week.shen, week.box)
        page = Client().get(put_in_url(week))
        assert "这次征集已经结束" in page.content.decode()
        assert post(Client(), put_in_url(week), text="迟了。").status_code == 422

    def test_nobody_is_known_there(self, week: Week) -> None:
        client = client_as(week.cast.shen, Role.SECRETARY)
        page = client.get(put_in_url(week)).content.decode()
        assert "沈若兰" not in page
        assert "不用登录，不记名" in page


class TestDoors:
    @pytest.fixture(autouse=True)
    def narrow(self, settings):
        settings.REMARK_LIMITS = {
            **settings.REMARK_LIMITS, "address": (3, 60), "box": (4, 60), "door": (5, 60),
        }  # fmt: skip

    def test_a_flood_from_one_address_leaves_the_others_room(self, week: Week) -> None:
        flood = [self.say(week, f"第 {n} 条", "10.0.0.1") for n in range(6)]
        assert [answer.status_code for answer in flood] == [200] * 3 + [429] * 3
        assert "扫门口贴的二维码交" in flood[-1].content.decode()
        assert "第 5 条" in flood[-1].content.decode()  # nothing typed is lost
        assert self.say(week, "别处来的", "10.0.0.2").status_code == 200

    def test_a_flood_from_many_leaves_room_at_the_door(self, week: Week) -> None:
        flood = [self.say(week, f"第 {n} 条", f"10.0.1.{n}") for n in range(8)]
        assert [answer.status_code for answer in flood] == [200] * 4 + [429] * 4
        assert "扫门口贴的二维码照样能交" in flood[-1].content.decode()
        door = f"?d={week.box.token()}"
        assert self.say(week, "我在门口", "10.0.1.1", door).status_code == 200
        assert Voice.objects.count() == 5

    def test_each_door_has_its_own_room_and_a_new_code_closes_it(self, week: Week) -> None:
        from zhengyou.voices.actions import boxes

        for n in range(4):
            self.say(week, f"第 {n} 条", f"10.0.2.{n}")
        stolen = f"?d={week.box.token()}"
        flood = [self.say(week, f"偷拍 {n}", f"10.0.3.{n}", stolen) for n in range(7)]
        assert [answer.status_code for answer in flood] == [200] * 5 + [429] * 2
        hall = week.place(HALL)
        url = reverse("voices:put_in_at", args=[week.box.uid, hall.uid])
        at_hall = Client().post(f"{url}?d={hall.token()}", {"text": "汤咸"})
        assert at_hall.status_code == 200
        boxes.renew_doors(week.shen, week.box)
        week.box.refresh_from_db()
        assert self.say(week, "又来", "10.0.4.1", stolen).status_code == 429
        assert Client().post(f"{url}?d={hall.token()}", {"text": "旧码"}).status_code == 429

    def test_a_wrong_token_is_none(self, week: Week) -> None:
        assert self.say(week, "一", "10.0.0.1", "?d=0123456789abcdef").status_code == 200
        for n in range(5):
            self.say(week, f"第 {n}", f"10.0.0.{n + 10}", "?d=0123456789abcdef")
        assert Voice.objects.count() == 4

    @staticmethod
    def say(week: Week, text: str, address: str, door: str = ""):
        url = reverse("voices:put_in", args=[week.box.uid]) + door
        return Client(REMOTE_ADDR=address).post(url, {"text": text})


class TestInside:
    def test_lists_and_answers_several(self, week: Week) -> None:
        first, second, third = (week.say(text, CHINESE) for text in ("一。", "二。", "三。"))
        client, url = client_as(week.cast.su, Role.COMMITTEE_MEMBER), self.url(week)
        page = client.get(url).content.decode()
        assert "3 条要办的" in page
        answer = client.post(
            url, {"do": "answer", "words": "都改了。", "pick": [first.uid, second.uid]}
        )
        assert answer.status_code == 302
        assert "答复了 2 条" in client.get(url).content.decode()
        assert set(Voice.objects.filter(became=What.ANSWERED)) == {first, second}
        assert Voice.objects.get(pk=third.pk).became == ""

    @pytest.mark.parametrize(
        ("sent", "words"),
        [
            ({"do": "answer", "words": "好"}, "一条也没有选"),
            ({"do": "answer", "pick": True}, "还没有写答复"),
            ({"do": "hold", "pick": True}, "不收要选一个理由"),
            ({"do": "sing", "pick": True}, "没有选要做什么"),
        ],
    )
    def test_says_why_not(self, week: Week, sent: dict[str, object], words: str) -> None:
        voice = week.say("一。")
        typed = {**sent, "pick": [voice.uid]} if "pick" in sent else sent
        client = client_as(week.cast.su, Role.COMMITTEE_MEMBER)
        answer = client.post(self.url(week), typed)
        assert answer.status_code == 422
        assert words in answer.content.decode()

    def test_becomes_a_problem(self, week: Week) -> None:
        voice, code = week.say_and_keep("食堂的汤凉了。", HALL)
        client = client_as(week.cast.su, Role.COMMITTEE_MEMBER)
        sent = client.post(self.url(week), {"do": "problem", "pick": [voice.uid]})
        form = client.get(sent.url)
        assert "食堂：食堂的汤凉了。" in form.content.decode()
        typed = {name: form.context["form"].initial.get(name, "") for name in ("title", "text")}
        typed |= {"body": week.cast.branch.pk, "privacy": "body"}
        assert client.post(sent.url, typed).status_code == 302
        found = Client().post(reverse("remarks:look_up"), {"code": codes.spaced(code)})
        assert "已列为问题，正在安排人整改" in found.content.decode()

    def test_clears_what_is_the_same_and_a_flood(self, week: Week) -> None:
        for n in range(6):
            week.say("加群领红包")
            week.say(f"兼职日结 {n}")
        kept = week.say("灯管闪。")
        client, url = client_as(week.cast.su, Role.COMMITTEE_MEMBER), self.url(week)
        page = client.get(url)
        assert page.context["page"].repeated[0].count == 6
        client.post(url, {"do": "clear_same", "same": "加群领红包", "reason": "advert"})
        assert Voice.objects.filter(state=VoiceState.HELD).count() == 6
        narrow = f"{url}?show=new&words=兼职"
        assert "不收这里等着看的 6 条" in client.get(narrow).content.decode()
        client.post(narrow, {"do": "clear", "reason": "advert"})
        assert list(Voice.objects.filter(state=VoiceState.WAITING)) == [kept]
        assert Voice.objects.count() == 13

    @pytest.mark.parametrize("count", [1, 30])
    def test_takes_the_same_queries(
        self, week: Week, count: int, django_assert_num_queries
    ) -> None:
        for n in range(count):
            voice = week.say(f"第 {n} 条。", CHINESE if n % 2 else MATHS)
            if n % 3 == 1:
                triage.note(week.su, [voice])
        client = client_as(week.cast.su, Role.COMMITTEE_MEMBER)
        client.get(self.url(week))
        with django_assert_num_queries(13):
            client.get(f"{self.url(week)}?show=all")

    def test_others_see_nothing(self, week: Week) -> None:
        for person, role in ((week.cast.wen, Role.SECRETARY), (week.cast.jiang, None)):
            assert client_as(person, role).get(self.url(week)).status_code == 404

    @staticmethod
    def url(week: Week) -> str:
        return reverse("voices:box", args=[week.box.uid])


class TestPaper:
    def test_prints_posters_and_forms(self, week: Week) -> None:
        client = client_as(week.cast.tian, Role.RECORDER)
        made = client.get(reverse("voices:posters", args=[week.box.uid]))
        assert len(made.context["posters"]) == 4
        assert made.content.decode().count('class="qr"') == 4
        made = client.get(reverse("voices:forms", args=[week.box.uid]) + "?each=2")
        printed = made.context["slips"]
        assert len({slip.code for slip in printed}) == 6
        assert made["Cache-Control"] == "no-store"

    def test_enters_several_with_and_without_codes(self, week: Week) -> None:
        client = client_as(week.cast.tian, Role.RECORDER)
        printed = client.get(reverse("voices:forms", args=[week.box.uid])).context["slips"][0].code
        url = reverse("voices:paper", args=[week.box.uid])
        rows = [{"text": "菜太油。", "code": printed, "paper": "12"}, {"text": "字太小。"}]
        answer = client.post(url, form_of(rows))
        assert answer.context["done"][0][1] == printed
        voices = Voice.objects.all()
        assert all(voice.by_hand for voice in voices)
        assert {voice.paper for voice in voices} == {"12", ""}
        found = Client().post(reverse("remarks:look_up"), {"code": printed}).content.decode()
        assert "菜太油。" in found
        again = client.post(url, form_of(rows))
        assert again.status_code == 422
        assert "已经录过了" in again.content.decode()
        assert Voice.objects.count() == 2

    def test_a_slip_in_the_code_is_told(self, week: Week) -> None:
        client = client_as(week.cast.tian, Role.RECORDER)
        url = reverse("voices:paper", args=[week.box.uid])
        answer = client.post(url, form_of([{"text": "菜太油。", "code": "AAAA-BBBB-CCCC"}]))
        assert "抄错了" in answer.content.decode()


def form_of(rows: list[dict[str, str]]) -> dict[str, object]:
    """Return what the page of paper sends."""
    sent: dict[str, object] = {"form-TOTAL_FORMS": 8, "form-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        sent |= {f"form-{number}-{name}": value for name, value in row.items()}
    return sent


class TestMembers:
    def test_signs_by_choice(self, week: Week) -> None:
        client = client_as(week.cast.fang)
        url = reverse("voices:sign", args=[week.box.uid])
        assert client.post(url, {"text": "黑板反光。"}).status_code == 302
        voice = Voice.objects.get()
        assert voice.author == week.cast.fang
        assert "黑板反光。" in client.get(reverse("voices:signed")).content.decode()
        triage.show(week.su, [voice])
        public = Client().get(put_in_url(week)).content.decode()
        assert "黑板反光。" in public
        assert "方晓岚" not in public

    def test_hears_what_concerns_the_own_place(self, week: Week) -> None:
        voice, other = week.say("板书好。", CHINESE), week.say("讲太快。", MATHS)
        client = client_as(week.cast.fang)
        url = reverse("voices:heard")
        assert "板书好。" not in client.get(url).content.decode()  # nobody has looked yet
        triage.take(week.su, [voice, other])
        page = client.get(url).content.decode()
        assert "板书好。" in page
        assert "讲太快。" not in page
        assert "1 条意见说到您的课或者地方" in client.get("/desk/").content.decode()
        client.post(url, {"place": week.place(CHINESE).uid})
        assert Voice.objects.get(pk=voice.pk).heard_on
        assert "说到您的课" not in client.get("/desk/").content.decode()

    def test_says_nothing_of_the_class_words(self, week: Week) -> None:
        assert not re.search("排名|点赞", Client().get(put_in_url(week)).content.decode())
