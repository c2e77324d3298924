"""Surveys: questions stand still, sheets are nobody's, results are told once, never too finely."""

import tomllib
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from tests.cast import Cast, client_as
from tests.stage import shared

from zhengyou.campaigns.actions.campaigns import create
from zhengyou.campaigns.blueprint.positions import locate
from zhengyou.campaigns.blueprint.table import Reading
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Person, Role
from zhengyou.remarks import laying
from zhengyou.voices import blueprint_questions as questions
from zhengyou.voices.actions import boxes, surveys
from zhengyou.voices.actions.boxes import BoxData, PlaceData
from zhengyou.voices.blueprint import BoxSection
from zhengyou.voices.models import Box, BoxKind, Question, QuestionKind, Sheet, Voice
from zhengyou.voices.queries.results import results_of
from zhengyou.voices.rules.surveys import Asked, Filled, fits, says_enough

MONDAY = date(2026, 10, 12)
FOOD = Asked(QuestionKind.ONE, "食堂的菜怎么样？", ("好", "一般", "不好"))
WANTS = Asked(QuestionKind.SEVERAL, "最想改哪几样？", ("菜", "汤", "饭", "水果"), 2)
WORDS = Asked(QuestionKind.WORDS, "还想说什么？")


def draft(cast: Cast, places: tuple[str, ...] = ()) -> Box:
    shen = acting_as(cast.shen, Role.SECRETARY)
    data = BoxData(
        BoxKind.SURVEY, "食堂问卷", "食堂怎么样，还要怎么改？", cast.su, MONDAY,
        MONDAY + timedelta(days=6), places=[PlaceData(label) for label in places],
    )  # fmt: skip
    box = boxes.set_up(shen, cast.branch, data)
    for asked in (FOOD, WANTS, WORDS):
        surveys.ask(shen, box, asked)
    return box


@shared(on="cast")
def survey(cast: Cast) -> Box:
    """A survey with three questions and two places, open this week."""
    with clock.at(MONDAY):
        box = draft(cast, ("一年级", "二年级"))
        boxes.open_box(acting_as(cast.shen, Role.SECRETARY), box)
    return box


@pytest.fixture
def monday():
    with clock.at(MONDAY):
        yield MONDAY


def filled(box: Box, food: int | None, wants: tuple[int, ...] = (), words: str = "") -> Filled:
    one, several, free = box.questions.all()
    chosen = {str(one.uid): [] if food is None else [food], str(several.uid): wants}
    return Filled(chosen, {str(free.uid): words})


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (FOOD, ""),
        (WANTS, ""),
        (WORDS, ""),
        (Asked(QuestionKind.ONE, " ", ("好", "不好")), "没有写题目"),
        (Asked(QuestionKind.ONE, "好不好？", ("好",)), "2 到 10 个"),
        (Asked(QuestionKind.ONE, "好不好？", ("好", "好")), "有两个选项一样"),
        (Asked(QuestionKind.ONE, "好不好？", ("好", "不好"), 2), "才限最多几个"),
        (Asked(QuestionKind.SEVERAL, "哪几样？", ("菜", "汤"), 3), "在 2 和选项数之间"),
        (Asked(QuestionKind.WORDS, "说说看", ("好",)), "没有选项"),
        (Asked(QuestionKind.ONE, "好不好？", ("好", "不" * 41)), "太长"),
    ],
)
@pytest.mark.pure
def test_what_is_a_question(asked: Asked, reason: str):
    verdict = says_enough(asked)
    assert verdict.ok == (not reason) and reason in verdict.reason


@pytest.mark.pure
def test_what_is_a_choice():
    one = Question(kind=QuestionKind.ONE, options=["好", "不好"])
    several = Question(kind=QuestionKind.SEVERAL, options=["菜", "汤", "饭"], most=2)
    free = Question(kind=QuestionKind.WORDS)
    rows = [one, several, free]

    def possible(question: Question, *numbers: int) -> bool:
        return bool(fits(rows, Filled({str(question.uid): numbers})))

    assert possible(one, 0) and possible(one) and possible(several, 0, 2)
    assert not possible(one, 2) and not possible(one, 0, 1) and not possible(one, -1)
    assert not possible(several, 0, 1, 2) and not possible(several, 1, 1)
    assert not possible(free, 0) and not possible(Question(), 0)


def test_questions_stand_still_once_seen(cast: Cast, survey: Box, monday):
    shen = acting_as(cast.shen, Role.SECRETARY)
    question = survey.questions.first()
    for verb in (
        lambda: surveys.ask(shen, survey, WORDS),
        lambda: surveys.reword(shen, question, WORDS),
        lambda: surveys.drop(shen, question),
    ):
        with pytest.raises(Refused, match="题目不能再改"):
            verb()
    fresh = draft(cast)
    with pytest.raises(Refused, match="书记、副书记、活动办"):
        surveys.ask(acting_as(cast.song), fresh, WORDS)
    surveys.reword(shen, fresh.questions.first(), Asked(QuestionKind.WORDS, "改成自己写"))
    surveys.drop(shen, fresh.questions.last())
    assert [q.text for q in fresh.questions.all()] == ["改成自己写", "最想改哪几样？"]
    for question in fresh.questions.all():
        surveys.drop(shen, question)
    with pytest.raises(Refused, match="还没有出题目"):
        boxes.open_box(shen, fresh)


def test_a_sheet_is_nobodys_and_its_words_stand_apart(cast: Cast, survey: Box, monday):
    facts = Fact.objects.count()
    token = laying.new_token()
    place = survey.places.first()
    made = [
        surveys.hand_in(survey, filled(survey, 1, (0, 3), "汤里盐太多。"), place, token)
        for _ in range(2)
    ]
    assert made[0] == made[1] and Sheet.objects.count() == 1  # one form, one sheet
    assert Fact.objects.count() == facts
    sheet, voice = Sheet.objects.get(), Voice.objects.get()
    one, several, free = survey.questions.all()
    assert sheet.answers == {str(one.uid): [1], str(several.uid): [0, 3]}
    assert (sheet.week, sheet.place, sheet.by_hand) == (MONDAY, place, False)
    assert (voice.text, voice.place) == ("汤里盐太多。", None)
    assert voice.answers == {"question": str(free.uid)}
    assert {field.name for field in Sheet._meta.fields} == {
        "uid", "box", "place", "week", "answers", "by_hand",
    }  # fmt: skip
    assert voice.code_lookup == laying.code_lookup(made[0][0][1])
    with pytest.raises(Refused, match="至少答一道"):
        surveys.hand_in(survey, filled(survey, None, (), " "))
    with pytest.raises(Refused, match="选的不对"):
        surveys.hand_in(survey, filled(survey, 7))


def test_paper_is_entered_until_the_box_is_closed(cast: Cast, survey: Box):
    tian = acting_as(cast.tian, Role.RECORDER)
    with clock.at(MONDAY + timedelta(days=8)):  # past the last day: the public is late, paper not
        with pytest.raises(Refused, match="已经结束"):
            surveys.hand_in(survey, filled(survey, 0))
        surveys.enter(tian, survey, filled(survey, 0))
        assert Sheet.objects.get().by_hand
        assert Fact.objects.filter(verb="box.enter_paper").last().data == {"count": 1}
        shen = acting_as(cast.shen, Role.SECRETARY)
        boxes.close(shen, survey)
        survey.refresh_from_db()
        with pytest.raises(Refused, match="已经收了"):
            surveys.enter(tian, survey, filled(survey, 0))
        with pytest.raises(Refused, match="前后一比就知道"):
            boxes.open_again(shen, survey)
        with pytest.raises(Refused):
            surveys.enter(acting_as(cast.song), survey, filled(survey, 0))


@shared(on="survey")
def answered(survey: Box) -> Box:
    """Thirty-one sheets: 20 of grade one, 11 of grade two, and some words."""
    first, second = survey.places.all()
    with clock.at(MONDAY):
        for place, counts in ((first, (10, 8, 2)), (second, (6, 5, 0))):
            for food, count in enumerate(counts):
                for _ in range(count):
                    surveys.hand_in(survey, filled(survey, food, (0,)), place)
        surveys.hand_in(survey, filled(survey, None, (), "碗要洗干净。"), second)
        shen = Person.objects.get(name="沈若兰")
        boxes.close(acting_as(shen, Role.SECRETARY), survey)
    survey.refresh_from_db()
    return survey


def test_results(answered: Box, django_assert_num_queries):
    with django_assert_num_queries(3):
        results = results_of(answered)
    food, wants = results.results  # words are no part of it
    assert results.sheets == 32
    assert [answer.count for answer in food.answers] == [16, None, None]
    assert food.rows == [
        ("一年级", 20, ["10", "不公布", "不公布"]),
        ("二年级", 11, ["6", "不公布", "不公布"]),
    ]
    assert wants.answers[0].words == "不公布"  # everybody wants it: the rest, nobody, would show
    assert food.gaps


def test_questions_come_from_the_blueprint(cast: Cast, monday):
    text = (settings.BLUEPRINT_FOLDER / "enterprise.toml").read_text("utf-8")
    campaign = create(acting_as(cast.gu, Role.CAMPAIGN_OFFICE), cast.bureau, text, MONDAY)
    offer = campaign.box_offers.get(code="survey")
    shen = acting_as(cast.shen, Role.SECRETARY)
    data = BoxData(BoxKind.SURVEY, offer.title, offer.question, cast.su, MONDAY)
    box = boxes.set_up(shen, cast.branch, data, campaign, offer)
    kinds = [(question.kind, question.most) for question in box.questions.all()]
    assert kinds == [("one", None), ("several", 2), ("words", None)]
    assert BoxSection().dump(campaign)["survey"]["questions"][1]["most"] == 2


@pytest.mark.pure
@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('ask = "好不好？", options = ["好"]', "2 到 10 个"),
        ('ask = "说说看", most = 2', "2 到 10 个"),
        ('options = ["好", "不好"]', "没有写“ask”"),
    ],
)
def test_questions_that_nobody_can_answer_are_told(line: str, reason: str):
    text = f'[box.q]\nkind = "问卷"\nquestions = [{{ {line} }}]\n'
    reading = Reading(tomllib.loads(text), locate(text))
    questions.read(reading.table("box", "q"), BoxKind.SURVEY)
    assert any(reason in f"{problem.what}{problem.remedy}" for problem in reading.problems)


class TestPages:
    def test_nobody_sees_results_before_the_end(self, cast: Cast, survey: Box, client: Client):
        url = reverse("voices:survey_results", args=[survey.uid])
        with clock.at(MONDAY):
            assert client.get(url).status_code == 403
            inside = client_as(cast.shen, Role.SECRETARY)
            assert inside.get(reverse("voices:survey_inside", args=[survey.uid])).status_code == 403

    def test_from_the_form_to_the_results(self, cast: Cast, survey: Box, client: Client):
        url = reverse("voices:put_in", args=[survey.uid])
        one, several, free = survey.questions.all()
        with clock.at(MONDAY):
            page = client.get(url).content.decode()
            assert "食堂的菜怎么样？" in page and "不到 5 份" not in page
            sent = {one.name: "0", several.name: ["0", "1"], free.name: "多放点菜。", "token": "x"}
            receipt = client.post(url, sent).content.decode()
            assert "您写的话的查询码" in receipt
            wrong = client.post(url, {several.name: ["0", "1", "2"]})
            assert wrong.status_code == 422 and "最多选 2 个" in wrong.content.decode()
            assert client.post(url, {}).status_code == 422
            assert Sheet.objects.count() == 1
            boxes.close(acting_as(cast.shen, Role.SECRETARY), survey)
            page = client.get(reverse("voices:survey_results", args=[survey.uid]))
            assert "不到 5 份" in page.content.decode()  # not even how many

    def test_told_results(self, cast: Cast, answered: Box, client: Client):
        page = client.get(reverse("voices:survey_results", args=[answered.uid])).content.decode()
        assert "一共收到 32 份" in page and "16 份" in page
        inside = client_as(cast.shen, Role.SECRETARY)
        url = reverse("voices:survey_inside", args=[answered.uid])
        assert "16 份" in inside.get(url).content.decode()

    def test_words_are_for_the_collator(self, cast: Cast, answered: Box):
        url = reverse("voices:words", args=[answered.uid])
        assert "碗要洗干净" in client_as(cast.su, Role.COMMITTEE_MEMBER).get(url).content.decode()
        assert client_as(cast.tian, Role.RECORDER).get(url).status_code == 403
        assert client_as(cast.wen, Role.SECRETARY).get(url).status_code == 404

    def test_questions_and_paper(self, cast: Cast, monday):
        box = draft(cast)
        keeper = client_as(cast.shen, Role.SECRETARY)
        url = reverse("voices:questions", args=[box.uid])
        sent = {"kind": "one", "text": "水够不够？", "options": "够\n不够"}
        assert keeper.post(url, sent).status_code == 302
        assert "水够不够" in keeper.get(url).content.decode()
        assert keeper.post(url, {"kind": "one", "text": "水？", "options": ""}).status_code == 422
        question = box.questions.last()
        one = reverse("voices:question", args=[box.uid, question.uid])
        assert "水够不够" in keeper.get(one).content.decode()
        assert keeper.post(one, {**sent, "text": "开水够不够？"}).status_code == 302
        assert keeper.post(one, {"do": "drop"}).status_code == 302
        assert box.questions.count() == 3
        boxes.open_box(acting_as(cast.shen, Role.SECRETARY), box)
        paper = keeper.get(reverse("voices:sheet", args=[box.uid])).content.decode()
        assert "□ 一般" in paper and "最多勾 2 个" in paper
        recorder = client_as(cast.tian, Role.RECORDER)
        entry = reverse("voices:enter_sheet", args=[box.uid])
        assert "食堂的菜怎么样" in recorder.get(entry).content.decode()
        assert recorder.post(entry, {box.questions.first().name: "2"}).status_code == 302
        assert Sheet.objects.get().by_hand
