"""What a clerk gets wrong in a blueprint, and what the product says about it: line and remedy."""

import pytest
from tests.campaigns.conftest import SMALL

from zhengyou.campaigns.blueprint import Flawed, check, decode
from zhengyou.campaigns.forms import BlueprintForm

pytestmark = pytest.mark.pure

HEAD = SMALL[: SMALL.index("[phase.learn]")].strip("\n")
PHASE = '[phase.a]\ntitle = "动员"\nlasts = "1个月"'


def problems(text: str) -> list[str]:
    with pytest.raises(Flawed) as caught:
        check(text)
    return [str(problem) for problem in caught.value.problems]


def changed(old: str, new: str) -> str:
    assert SMALL.count(old) >= 1, old
    return SMALL.strip("\n").replace(old, new, 1)


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_the_small_blueprint_is_in_order():
    assert check(SMALL).header.title == "小学创先争优活动"


# Each mistake: what stood there, what is typed instead, what is said (and, where it is not the line
# typed on, how many lines further down: what a table lacks is told at its heading).
TYPED = [
    # Signs of a Chinese keyboard.
    ('"小学创先争优活动"', "“小学创先争优活动”", '引号外面用了中文引号，请改成英文输入法的 "'),
    ('title    = "小学', 'title    ＝ "小学', "引号外面用了中文等号或冒号，请改成英文输入法的 ="),
    (
        'theme    = "三尺讲台见初心"',
        'theme    = "三尺讲台见初心”',
        '引号一头是英文的、一头是中文的，请两头都用英文引号 "…"',
    ),
    ('"课上得更好", ', '"课上得更好"，', "引号外面用了中文逗号、顿号或分号，请改成英文输入法的 ,"),
    ("[phase.act]", "【phase.act】", "引号外面用了中文方括号，请改成英文输入法的 [ ]"),
    ("{ team", "｛ team", "引号外面用了中文花括号，请改成英文输入法的 {"),
    ("[phase.act]", "[phase。act]", "引号外面用了中文句号，请改成英文输入法的 ."),
    ("format   = 1", "format   = １", "引号外面用了全角字母或数字，请改成英文输入法的 1"),
    ("format   = 1", "format　 = 1", "引号外面用了全角空格，请改成半角空格"),
    (
        "format   = 1",
        "format   = 1 （必写）",
        "引号外面用了中文圆括号，请删去圆括号，说明的话写在 # 后面",
    ),
    ("format   = 1", "format   = 1 ＃必写", "引号外面用了全角井号，请改成英文输入法的 #"),
    # TOML itself.
    (
        '"小学创先争优活动"',
        "小学创先争优活动",
        '“小学创先争优活动”没有引号，请写成 "小学创先争优活动"',
    ),
    ('"小学创先争优活动"', '"小学创先争优活动', '引号没有配对，请在文字后面补上英文引号 "'),
    ("title    = ", "标题 = ", "“标题”不能当栏目名，等号左边和方括号里要用英文的栏目名"),
    ("theme    = ", "theme ", "栏目名后面没有等号，请写成 栏目名 = 内容"),
    ('"1", deputy', '"1" deputy', "花括号里没有写完，或者两项之间缺逗号"),
    ("[phase.act]", "[phase.act", "这一节的方括号没有写完，请在行尾补上英文的 ]"),
    ('version  = "1"', 'version  = "1\\x"', "引号里有反斜杠 \\"),
    # Keys and types.
    ("title    = ", "titel    = ", "不认识“titel”，是不是想写“title”？"),
    ('lasts = "8个月"', 'last = "8个月"', "[phase.act]里不认识“last”，是不是想写“lasts”？"),
    ('"三尺讲台见初心"', "3", "“theme”要写一段文字，现在是整数 3，请用英文引号括起来"),
    ('"三尺讲台见初心"', '""', "“theme”是空的，请写上内容"),
    ('"三尺讲台见初心"', f'"{"长" * 101}"', "“theme”有 101 个字，最多 100 个字，请写短些"),
    (
        '["课上得更好", "家长更放心"]',
        '"课上得更好"',
        "“aims”要写一个列表，现在是文字 课上得更好，请用方括号",
    ),
    ('["课上得更好", "家长更放心"]', "[]", "“aims”是空的，请至少写一项"),
    ('"家长更放心"', "7", "“aims”的第 2 项要写一段文字，现在是整数 7"),
    ('["党支部"]', '["党支布"]', "不认识“党支布”，是不是想写“党支部”？"),
    ('["党支部"]', '["党支部", "党支部"]', "“党支部”写了两次，请删去一个"),
    # Time.
    ('"8个月"', '"八个月"', "看不懂“八个月”，请写成“1个月”“3周”“10天”“1年6个月”这样"),
    ('"8个月"', '"0天"', "看不懂“0天”，请写成"),
    (
        '"第1周"',
        '"头一周"',
        "看不懂期限“头一周”，请写成“第1周”“第5天”“结束前7天”或者“2026-09-01”这样",
    ),
    ('"第1周"', '"第9周"', "期限“第9周”不在这个阶段里，请改短期限，或者延长阶段"),
    ('"结束前7天"', '"结束前40天"', "期限“结束前40天”不在这个阶段里"),
    (
        'lasts = "8个月"',
        'lasts = "8个月"\nuntil = 2027-06-01',
        "“lasts”和“until”都说到哪天结束，请只留一个",
        1,
    ),
    (
        'after = "learn"',
        'after = "learn"\nstarts = "第2个月"',
        "“after”和“starts”都说从哪天开始，请只留一个",
        1,
    ),
    ('after = "learn"', 'starts = "下个月"', "看不懂“下个月”，请写成“第1天”“第3周”“第2个月”这样"),
    ('after = "learn"', 'from = "2026-02-30"', "看不懂日期“2026-02-30”，请写成“2026-09-01”这样"),
    ('after = "learn"\n', "", "[phase.act]没有说从哪天开始，请写 after", -2),
    ('lasts = "8个月"\n', "", "[phase.act]没有说多长，请写 lasts", -3),
    # References.
    ('after = "learn"', 'after = "lern"', "没有代号是“lern”的阶段，是不是想写“learn”？"),
    (
        'after = "learn"',
        'after = "act"',
        "阶段“act”绕了一圈又接回自己，请让其中一个阶段改用 starts 或 from",
    ),
    ('group = "study"', 'group = "studies"', "没有代号是“studies”的工作组，是不是想写“study”？"),
    ('post = "书记"', 'post = "书计"', "不认识“书计”，是不是想写“书记”？"),
    ('{ post = "书记" }', "{}", "[phase.learn.task.launch]的责任人写得不对"),
    ('under = "leading"', 'under = "study"', "“study”绕了一圈又归自己管，请改 under，或者删去"),
    # Groups and standards.
    ('"1至2"', '"两三个"', "看不懂人数“两三个”，请写成“1”“1至2”“3以上”或“不限”"),
    ('"1至2"', '"2至1"', "人数“2至1”不对，前面的数要小，后面的数要大"),
    ("deputy =", "vice =", "[group.leading.seats]里不认识“vice”，这里可以写：head、deputy、member"),
    ('"党组织"', '"党员们"', "不认识“党员们”，是不是想写“党员”？"),
    ('"党组织"', '"学校"', "活动没有覆盖“学校”，请在 covers 里加上，或者从这里删去"),
    ("team =", "TEAM =", "代号“TEAM”不对，请用小写英文字母开头"),
    ("[standard.member]", "[standard.会员]", "“会员”不能当栏目名"),
    # What is not done yet, by name.
    ('"提交方案"', '"提交方案", "民主评议"', "“民主评议”现在的版本还不支持，请先删去"),
    ('"提交方案"', '"提方案"', "不认识“提方案”，是不是想写“提交方案”？"),
    (
        "[programme.lessons]",
        "[learning.feedback]",
        "[learning.feedback]（学习）这一节现在的版本还不支持，请先删去，或者在每行前面加 # 注释掉",
    ),
    ("[programme.lessons]", "[award]", "[award]（表彰）这一节现在的版本还不支持"),
    (
        "[programme.lessons]",
        "[program.lessons]",
        "不认识 [program] 这一节，是不是想写“programme”？",
    ),
    (
        "[programme.lessons]",
        "[programme]",
        "“title”直接写在 [programme] 下面，请写成 [programme.代号] 一节",
        1,
    ),
    # The format.
    ("format   = 1", "format   = 2", "这份蓝图是 format = 2，比程序认识的 1 新，请先升级程序"),
    ("format   = 1", 'format   = "1"', "format 写得不对，请写成 format = 1，不加引号"),
]


ROWS = [(*row, 0)[:4] for row in TYPED]


@pytest.mark.parametrize(("old", "new", "said", "further"), ROWS)
def test_a_mistake_is_told_with_its_line_and_a_remedy(old, new, said, further):
    line = line_of(SMALL.strip("\n"), old) + further
    found = problems(changed(old, new))
    assert any(problem.startswith(f"第 {line} 行：{said}") for problem in found), found
    assert all(problem.endswith(("。", "？")) for problem in found)


def test_a_missing_title_is_told():
    found = problems(changed('title    = "小学创先争优活动"\n', ""))
    assert found == ['文件开头没有写“title”，请补上 title = "…"。']


def test_a_missing_format_is_told_alone():
    assert problems(changed("format   = 1\n", "")) == [
        "没有写 format，请在文件最上面加一行 format = 1。"
    ]


def test_a_file_without_phases_is_refused():
    assert problems(HEAD) == ["没有写阶段，请至少写一节 [phase.代号]。"]


def test_all_mistakes_are_told_at_once_in_order():
    text = changed("theme    = ", "theme ").replace("= 1\n", "＝ 1\n", 1)
    text = text.replace("[group.study]", "[group.study")
    lines = [int(problem.split(" ")[1]) for problem in problems(text)]
    assert lines == [1, line_of(text, "theme "), line_of(text, "[group.study")]


def test_a_key_written_twice_names_both_lines():
    text = changed('lasts = "8个月"', 'title = "再来"\nlasts = "8个月"')
    again = line_of(text, 'title = "再来"')
    assert problems(text) == [
        f"第 {again} 行：“phase.act.title”写了两次，第 {again - 2} 行已经有了，请删去一处。"
    ]


def test_a_table_written_twice_names_both_lines():
    text = f"{HEAD}\n{PHASE}\n{PHASE}"
    first = line_of(text, "[phase.a]")
    assert problems(text)[0] == (
        f"第 {first + 3} 行：“phase.a”写了两次，第 {first} 行已经有了，请删去一处。"
    )


def test_a_lost_bracket_is_not_told_as_repetitions_of_what_follows():
    text = changed("[phase.act]", "[phase.act】")
    assert problems(text) == [
        f"第 {line_of(text, '[phase.act】')} 行：引号外面用了中文方括号，请改成英文输入法的 ]。"
    ]


def test_chinese_signs_inside_quotes_and_comments_are_welcome():
    text = changed('"三尺讲台见初心"', '"“三尺讲台”，见【初心】：好！" # 主题＝一句话')
    assert check(text).header.theme == "“三尺讲台”，见【初心】：好！"


def test_a_circle_of_phases_is_told_once():
    text = f"""{HEAD}
{PHASE}
[phase.b]
title = "乙"
after = "c"
lasts = "1周"
[phase.c]
title = "丙"
after = "b"
lasts = "1周"
"""
    assert [problem for problem in problems(text) if "绕了一圈" in problem] == [
        f"第 {line_of(text, 'after = "c"')} 行：阶段“b”绕了一圈又接回自己，"
        "请让其中一个阶段改用 starts 或 from。"
    ]


def test_terms_that_overlap_are_told():
    text = changed(
        'covers   = ["党支部"]',
        'covers   = ["党支部"]\n'
        'terms = [{ title = "上", from = "09-01", to = "02-28" },'
        ' { title = "下", from = "02-15", to = "07-10" }]',
    )
    assert any("有重叠" in problem and "第 8 行" in problem for problem in problems(text))


def test_notepad_files_are_read_in_either_encoding():
    assert check(decode(SMALL.encode("gb18030"))).header == check(SMALL).header
    assert check(decode("\ufeff".encode() + SMALL.replace("\n", "\r\n").encode())).header == (
        check(SMALL).header
    )


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"PK\x03\x04\x00\x00" + b"\xff" * 9, "这不是文本文件"),
        (b"a" * 300_000, "文件太大，不像是蓝图"),
    ],
)
def test_what_is_no_blueprint_at_all_is_told(raw, said):
    with pytest.raises(Flawed, match=said):
        decode(raw)


@pytest.mark.parametrize(
    "text",
    ["x = " + "[" * 5000 + "]" * 5000, "x = " + "[" * 50_000, ".".join("a" * 30_000) + " = 1"],
)
def test_what_is_nested_without_end_is_refused_in_words(text):
    assert "套得太深" in problems(text)[0]


def test_a_number_of_thousands_of_digits_is_refused_in_words():
    assert "数字太长" in " ".join(problems("format = " + "9" * 5000))


def test_a_pasted_text_is_as_small_as_a_file():
    form = BlueprintForm({"text": "# 长\n" * 60_000})
    assert not form.is_valid()
    assert "文件太大" in str(form.errors)
