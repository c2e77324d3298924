"""Surgery on the text of a blueprint: what is not touched stays to the letter."""

import tomllib

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from zhengyou.campaigns.blueprint import check
from zhengyou.campaigns.blueprint.edits import (
    add_table,
    drop_table,
    raw_table,
    replace_table,
    set_keys,
    value_at,
)

pytestmark = pytest.mark.pure

SCHOOL = (settings.ROOT / "blueprints" / "primary-school.toml").read_text("utf-8")
SMALL = """\
# 上面的话
title = "旧名"   # 名称后面的话
list  = ["甲", "乙"]

# 阶段的话
[phase.learn] # 头上的话
title = "动员"
owner = { post = "书记" } # 谁
# 下一节的话
[phase.act]
title = "践诺"
"""


def lines_changed(old: str, new: str) -> tuple[list[str], list[str]]:
    a, b = old.splitlines(), new.splitlines()
    return [x for x in a if x not in b], [x for x in b if x not in a]


def test_a_value_is_changed_where_it_stands():
    new = set_keys(SMALL, (), {"title": "新“名”"})
    assert lines_changed(SMALL, new) == (
        ['title = "旧名"   # 名称后面的话'], ['title = "新“名”"   # 名称后面的话'],
    )  # fmt: skip


def test_what_is_the_same_is_not_written_anew():
    assert set_keys(SMALL, (), {"list": ["甲", "乙"]}) == SMALL


def test_keys_come_and_go_with_their_line():
    new = set_keys(SMALL, ("phase", "learn"), {"lasts": "1个月", "title": None})
    assert lines_changed(SMALL, new) == (['title = "动员"'], ['lasts = "1个月"'])
    assert value_at(new, ("phase", "learn")) == {"owner": {"post": "书记"}, "lasts": "1个月"}


def test_a_table_in_one_line_keeps_its_comment():
    new = set_keys(SMALL, ("phase", "learn"), {"owner": {"group": "study"}})
    assert 'owner = { group = "study" } # 谁' in new


def test_a_table_comes_behind_its_brothers_and_before_others():
    text = SMALL + '\n[group.a]\ntitle = "组"\n'
    new = add_table(text, ("phase", "sum-up"), {"title": "总结", "lasts": "1周"})
    assert list(tomllib.loads(new)["phase"]) == ["learn", "act", "sum-up"]
    assert new.index("[phase.sum-up]") < new.index("[group.a]")
    assert add_table(text, ("pledge", "x"), {"title": "约"}, "说明").endswith(
        '\n# 说明\n[pledge.x]\ntitle = "约"\n'
    )


def test_a_table_goes_with_what_is_in_it_and_leaves_comments():
    new = drop_table(SCHOOL, ("phase", "learn"))
    assert "learn" not in tomllib.loads(new)["phase"]
    gone, come = lines_changed(SCHOOL, new)
    assert not come and not [line for line in gone if line.startswith("#")]


def test_a_table_can_be_taken_out_raw_and_put_back():
    raw = raw_table(SCHOOL, ("standard", "member"))
    assert raw.startswith("[standard.member]\n") and raw.endswith('不有偿补课"\n')
    assert tomllib.loads(replace_table(SCHOOL, ("standard", "member"), raw)) == tomllib.loads(
        SCHOOL
    )


VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.lists(st.text(max_size=5), max_size=3),
    st.integers(0, 99),
    st.dictionaries(st.sampled_from(["post", "group"]), st.text(max_size=5), min_size=1),
    st.none(),
)
PATHS = st.sampled_from(
    [(), ("phase", "learn"), ("phase", "learn", "task", "test"), ("standard", "member"), ("plan",)]
)


@hypothesis(deadline=None, max_examples=60)
@given(PATHS, st.sampled_from(["title", "owner", "opens", "neu", "criteria"]), VALUES)
def test_whatever_is_set_is_read_back_and_nothing_else_changes(path, key, value):
    wanted = tomllib.loads(SCHOOL)
    table = wanted
    for step in path:
        table = table[step]
    table.pop(key, None)
    if value is not None:
        table[key] = value
    assert tomllib.loads(set_keys(SCHOOL, path, {key: value})) == wanted


def test_comments_survive_an_edit_of_every_table():
    text = SCHOOL
    for code in ("learn", "pledge", "act", "sum-up"):
        text = set_keys(text, ("phase", code), {"title": f"新的{code}"})
    assert check(text).header == check(SCHOOL).header
    assert [x for x in text.splitlines() if x.lstrip().startswith("#")] == [
        x for x in SCHOOL.splitlines() if x.lstrip().startswith("#")
    ]


COMMENTED = """\
aims = [ # 目标
  # 先说的
  "甲", # 甲的话
  "乙",
  # 后说的
  "丙",
  # 末了
]
"""


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["甲", "丁", "乙", "丙"],
         ['# 目标', '# 先说的', '"甲", # 甲的话', '"丁",', '"乙",', '# 后说的', '"丙",', '# 末了']),
        (["甲甲", "乙", "丙"],
         ['# 目标', '# 先说的', '"甲甲", # 甲的话', '"乙",', '# 后说的', '"丙",', '# 末了']),
        (["乙"], ['# 目标', '# 先说的', '# 甲的话', '"乙",', '# 后说的', '# 末了']),
        ([], ['# 目标', '# 先说的', '# 甲的话', '# 后说的', '# 末了']),
    ],
)  # fmt: skip
def test_comments_inside_a_list_stay_with_their_values(values, expected):
    new = set_keys(COMMENTED, (), {"aims": values})
    assert tomllib.loads(new) == {"aims": values}
    assert [line.strip() for line in new.splitlines()[1:-1]] == expected


@given(
    old=st.lists(st.sampled_from("甲乙丙丁"), min_size=1, max_size=6),
    new=st.lists(st.sampled_from("甲乙丙丁戊"), max_size=6),
)
@hypothesis(max_examples=60)
def test_no_comment_inside_a_list_is_ever_lost(old, new):
    lines = "".join(f'  # 上{place}\n  "{word}", # 后{place}\n' for place, word in enumerate(old))
    text = set_keys(f"a = [\n{lines}]\n", (), {"a": new})
    assert tomllib.loads(text) == {"a": new}
    assert all(text.count(f"# {where}{place}\n") == 1 for place in range(len(old))
               for where in "上后")  # fmt: skip
