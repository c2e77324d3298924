"""How it stands with duties: subjects × periods × records → due, done, overdue, exempt."""

from datetime import date

from tests.work.scene import exempted, record_of

from zhengyou.work.models import DutyState
from zhengyou.work.survey import Survey, begun
from zhengyou.work.turns import turns_on

OCT = date(2026, 10, 16)


def states(season, day, code, body=None, choose=turns_on):
    """Return subject name → state in words, of the duty ``code`` on ``day``."""
    survey = Survey(season.campaign, day, body=body or season.cast.branch, choose=choose,
                    duties=[season[code]])  # fmt: skip
    names = {p.pk: p.name for p in season.cast.persons.values()}
    return {
        (line.turn.label, names.get(line.subject.pk, line.subject.pk))
        if line.subject.kind == "person" else (line.turn.label, line.subject.pk):
        str(DutyState(line.state).label) for line in survey.lines()
    }  # fmt: skip


def test_scene(season):
    record_of(season.cast.branch, "theme_day", OCT, season.cast.shen, season.cast.zhou)
    exempted(season["day"], season.cast.he, date(2026, 10, 1))
    found = states(season, date(2026, 10, 20), "day")
    assert found["2026年10月", "沈若兰"] == "已完成"
    assert found["2026年10月", "贺建国"] == "免做"
    assert found["2026年10月", "宋知行"] == "待办"
    assert ("2026年10月", "江一帆") not in found
    later = states(season, date(2026, 11, 2), "day", choose=begun)
    assert later["2026年10月", "宋知行"] == "过期没做"
