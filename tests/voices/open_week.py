"""育新小学 holds an open week: a box with three lessons, collated by 苏映雪, in October 2026."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from tests.cast import Cast
from tests.stage import shared

from zhengyou.kernel import clock
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Role
from zhengyou.remarks import laying
from zhengyou.voices.actions import boxes, writing
from zhengyou.voices.actions.boxes import BoxData, PlaceData
from zhengyou.voices.actions.writing import Slip
from zhengyou.voices.models import Box, BoxKind, BoxPlace, Voice

NOW = date(2026, 10, 14)  # a Wednesday
OPENS, CLOSES = date(2026, 10, 12), date(2026, 10, 18)
CHINESE, MATHS, HALL = "二年级语文课", "一年级数学课", "食堂"


@dataclass
class Week:
    """The open week: whose it is, its box, who is who in it."""

    cast: Cast
    box: Box

    @property
    def shen(self) -> Actor:
        """The secretary, who set the box up."""
        return acting_as(self.cast.shen, Role.SECRETARY)

    @property
    def su(self) -> Actor:
        """The collator."""
        return acting_as(self.cast.su, Role.COMMITTEE_MEMBER)

    @property
    def tian(self) -> Actor:
        """The recorder."""
        return acting_as(self.cast.tian, Role.RECORDER)

    @property
    def song(self) -> Actor:
        """He teaches the maths lesson and hears what concerns it."""
        return acting_as(self.cast.song)

    def place(self, label: str) -> BoxPlace:
        """Return a place by its label."""
        place = self.box.places.select_related("hears").get(label=label)
        place.box = self.box
        return place

    def say(self, text: str, label: str = "", signature: str = "") -> Voice:
        """Put something in as the public does."""
        return self.say_and_keep(text, label, signature)[0]

    def say_and_keep(self, text: str, label: str = "", signature: str = "") -> tuple[Voice, str]:
        """Put something in and return it with its plain code."""
        slip = Slip(text, self.place(label) if label else None, signature)
        code = writing.put_in(self.box, slip)
        return Voice.objects.get(code_lookup=laying.code_lookup(code)), code


def play(cast: Cast) -> Week:
    """Set up and open the box."""
    shen = acting_as(cast.shen, Role.SECRETARY)
    data = BoxData(
        BoxKind.OPEN_WEEK, "秋季开放周意见箱", "看了课、吃了饭，您觉得哪里好，哪里要改？",
        cast.su, OPENS, CLOSES, answer_days=5,
        places=[PlaceData(CHINESE, cast.fang), PlaceData(MATHS, cast.song), PlaceData(HALL)],
    )  # fmt: skip
    with clock.at(OPENS):
        box = boxes.set_up(shen, cast.branch, data)
        boxes.open_box(shen, box)
    return Week(cast, Box.objects.select_related("organisation", "collator").get(pk=box.pk))


@shared(on="cast")
def open_week(cast: Cast) -> Week:
    """The open week, nothing put in yet."""
    return play(cast)


@pytest.fixture
def week(open_week: Week) -> Iterator[Week]:
    """The open week on its third day."""
    with clock.at(NOW):
        yield open_week
