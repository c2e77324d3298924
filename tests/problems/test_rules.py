"""Who sees a problem, and who does what with it: truth tables of role × privacy × state."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from tests.problems.scene import DAY, Found

from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.problems import rules
from zhengyou.problems.models import Privacy, Problem

WHO = ("shen", "zhou", "su", "song", "he", "gu", "yin", "qin", "wen")
SEEN = {
    #            shen zhou su song he gu yin qin wen
    "open":      "1   1   1   1   1  1   1   1   0",
    "quiet":     "1   1   1   0   0  1   0   1   0",
    "public":    "1   1   1   1   1  1   1   1   1",
    "own":       "1   1   0   0   1  0   0   0   0",
    "leader":    "1   0   0   0   0  0   0   1   0",
    "above":     "1   1   1   1   1  1   1   1   0",
    "group":     "1   1   1   1   1  1   1   1   0",
    "school":    "1   1   1   1   1  1   1   1   0",
    "next_door": "0   0   0   0   0  1   1   1   1",
}  # fmt: skip
"""Of a person only that person, the leaders of the branch, and of a leader those above."""


def test_who_sees_what(scene: Found) -> None:
    wrong = []
    with clock.at(DAY):
        for who in WHO:
            seen = set(
                Problem.objects.filter(rules.visible_problems(getattr(scene, who)))
                .values_list("pk", flat=True)
            )  # fmt: skip
            for name, line in SEEN.items():
                expected = line.split()[WHO.index(who)] == "1"
                if (scene[name].pk in seen) != expected:
                    wrong.append((who, name, expected))
    assert not wrong


def test_whoever_has_a_measure_sees_a_quiet_problem_until_it_is_dropped(scene: Found) -> None:
    quiet = scene["quiet"]
    with clock.at(DAY):
        quiet.measures.create(what="查一遍", who=scene.cast.he)
        assert rules.may_see(scene.he, quiet)
        quiet.measures.update(dropped_at=clock.now())
        assert not rules.may_see(scene.he, quiet)


VERBS: dict[str, Callable[[Actor, Problem], Verdict]] = {
    "agree": rules.may_agree,
    "start": rules.may_start,
    "submit": rules.may_submit,
    "take_back": rules.may_take_back,
    "verify": rules.may_verify,
    "close": rules.may_close,
    "reopen": rules.may_reopen,
    "explain": rules.may_explain,
    "assign": rules.may_assign,
    "ask_extension": rules.may_ask_extension,
}
MAY = {
    #                      shen zhou su song he gu yin wen
    ("open", "agree"):         "1 1 1 0 0 0 0 0",
    ("open", "explain"):       "1 1 1 0 0 0 0 0",
    ("agreed", "agree"):       "0 0 0 0 0 0 0 0",
    ("agreed", "start"):       "1 1 1 0 0 0 0 0",
    ("agreed", "submit"):      "1 1 1 0 0 0 0 0",
    ("agreed", "ask_extension"): "1 1 1 0 0 0 0 0",
    ("under_way", "submit"):   "1 1 1 0 0 0 0 0",
    ("under_way", "assign"):   "1 1 1 0 0 0 0 0",
    ("under_way", "verify"):   "0 0 0 0 0 0 0 0",
    ("submitted", "verify"):   "1 1 0 0 0 1 1 0",
    ("submitted", "take_back"): "0 0 1 0 0 0 0 0",
    ("submitted", "submit"):   "0 0 0 0 0 0 0 0",
    ("returned", "submit"):    "1 1 1 0 0 0 0 0",
    ("verified", "close"):     "1 1 0 0 0 1 1 0",
    ("closed", "reopen"):      "1 1 1 0 0 1 1 0",
    ("closed", "close"):       "0 0 0 0 0 0 0 0",
    ("explained", "reopen"):   "1 1 1 0 0 1 1 0",
    ("explained", "explain"):  "0 0 0 0 0 0 0 0",
}  # fmt: skip
"""苏映雪 mends and hands in: she never verifies and never strikes off."""


def test_who_does_what_in_which_state(scene: Found) -> None:
    columns = ("shen", "zhou", "su", "song", "he", "gu", "yin", "wen")
    wrong = []
    with clock.at(DAY):
        for (name, verb), line in MAY.items():
            for who, expected in zip(columns, line.split(), strict=True):
                verdict = VERBS[verb](getattr(scene, who), scene[name])
                if verdict.ok != (expected == "1"):
                    wrong.append((name, verb, who, verdict.reason))
    assert not wrong


def test_nobody_verifies_what_he_handed_in_for_another(scene: Found) -> None:
    problem = scene["submitted"]
    with clock.at(DAY):
        problem.submitted_by = scene.cast.zhou
        assert "要由别人来" in rules.may_verify(scene.zhou, problem).reason


def test_what_was_found_above_is_verified_above(scene: Found) -> None:
    above = scene["above"]
    above.state = "submitted"
    with clock.at(DAY):
        assert rules.found_above(above)
        assert "上级找出来的" in rules.may_verify(scene.zhou, above).reason
        assert rules.may_verify(scene.gu, above) and rules.may_verify(scene.yin, above)


def test_a_persons_own_is_judged_by_the_leaders_and_a_leaders_by_those_above(scene: Found) -> None:
    own, leader = scene["own"], scene["leader"]
    own.state = leader.state = "submitted"
    with clock.at(DAY):
        assert rules.may_verify(scene.shen, own)
        assert not rules.may_verify(scene.he, own)
        assert not rules.may_verify(scene.gu, own)  # the office above is nobody's confessor
        assert rules.may_verify(scene.qin, leader)
        assert not rules.may_verify(scene.zhou, leader)
        assert not rules.may_verify(scene.shen, leader)


RAISE = {
    #             shen he song gu wen
    "branch":    "1 1 1 1 0",
    "low":       "1 1 1 1 0",
    "school":    "1 1 1 1 0",
    "bureau":    "0 0 0 1 0",
}  # fmt: skip


def test_who_says_that_something_is_wrong(scene: Found) -> None:
    with clock.at(DAY):
        for name, line in RAISE.items():
            body = getattr(scene.cast, name)
            for who, expected in zip(
                ("shen", "he", "song", "gu", "wen"), line.split(), strict=True
            ):
                got = rules.may_raise(getattr(scene, who), body).ok
                assert got == (expected == "1"), (name, who)


@pytest.mark.parametrize(
    ("who", "subject", "may"),
    [("he", "he", 1), ("shen", "he", 1), ("qin", "shen", 1), ("song", "he", 0), ("su", "he", 0),
     ("gu", "he", 0), ("wen", "he", 0)],
)  # fmt: skip
def test_whose_shortcomings_one_may_name(scene: Found, who: str, subject: str, may: int) -> None:
    person = getattr(scene.cast, subject)
    with clock.at(DAY):
        assert rules.may_raise(getattr(scene, who), scene.cast.branch, person).ok == bool(may)


def test_who_lets_more_people_see_it(scene: Found) -> None:
    with clock.at(DAY):
        assert rules.may_widen(scene.shen, scene["quiet"])
        assert rules.may_widen(scene.yin, scene["above"])  # who found it
        assert not rules.may_widen(scene.su, scene["quiet"])
        assert not rules.may_widen(scene.shen, scene["public"])
        assert "不能放开" in rules.may_widen(scene.he, scene["own"]).reason


def test_a_persons_own_is_private_in_the_database_too(scene: Found) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Problem.objects.filter(pk=scene["own"].pk).update(privacy=Privacy.PUBLIC)
