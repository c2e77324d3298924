"""``zhengyou blueprint`` on the command line, the samples with mistakes, and the manual."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import call_command
from tests.campaigns.conftest import SMALL

from zhengyou.campaigns.blueprint import Flawed, check, decode, header, later, sections
from zhengyou.campaigns.models import Act, NameStyle, SectionCode

SAMPLES = sorted(settings.SAMPLE_FOLDER.glob("蓝图-*.toml"))
FLAWED = [path for path in SAMPLES if path.stem.endswith("错")]
MANUAL = (settings.ROOT / "docs" / "blueprint.md").read_text("utf-8")


def run(*arguments: str) -> int:
    """Return the exit status."""
    try:
        call_command("blueprint", *arguments)
    except SystemExit as end:
        return int(end.code or 0)
    return 0


@pytest.mark.pure
def test_a_good_file_is_told_in_words(tmp_path, capsys):
    path = tmp_path / "活动.toml"
    path.write_text(SMALL, "utf-8")
    assert run("check", str(path)) == 0
    said = capsys.readouterr().out
    assert "没有错" in said
    assert "  动员学习：从第1天起，历时1个月，2 项任务；可以提交方案" in said
    assert "  践诺提升：接在动员学习之后，历时8个月；可以作出承诺、公布进展" in said
    assert "  活动领导小组：组长 1 人、副组长 1至2 人、成员 3 人以上" in said


@pytest.mark.pure
def test_a_file_with_mistakes_is_told_line_by_line_and_ends_with_1(tmp_path, capsys):
    path = tmp_path / "活动.toml"
    path.write_text(SMALL.replace('"8个月"', '"八个月"').replace("党支部", "党支布"), "utf-8")
    assert run("check", str(path)) == 1
    said = capsys.readouterr().err.splitlines()
    assert said[0].endswith("有 2 处要改：")
    assert said[1].startswith("第 8 行：不认识“党支布”")
    assert "看不懂“八个月”" in said[2]


@pytest.mark.pure
def test_a_file_that_is_not_there_is_told(tmp_path, capsys):
    assert run("check", str(tmp_path / "没有.toml")) == 1
    assert "请检查文件名和路径。" in capsys.readouterr().err


@pytest.mark.pure
def test_the_shipped_ones_are_listed(capsys):
    assert run("list") == 0
    assert "primary-school　小学创先争优活动" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_campaign_is_saved(draft, capsys):
    assert run("dump", str(draft.uid)) == 0
    assert check(capsys.readouterr().out).data == check(SMALL).data
    assert run("dump", str(uuid4())) == 1
    assert run("dump", "17") == 1
    assert "编号在活动页的网址里" in capsys.readouterr().err


@pytest.mark.pure
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_samples_are_in_order_or_wrong_in_many_ways(path):
    if path not in FLAWED:
        check(decode(path.read_bytes()))
        return
    with pytest.raises(Flawed) as caught:
        check(decode(path.read_bytes()))
    assert len(caught.value.problems) >= 7
    assert all(problem.line for problem in caught.value.problems)


@pytest.mark.pure
def test_the_manual_names_everything_a_blueprint_may_say():
    keys = ["format", *header.KEYS, *(f"[{section.name}" for section in sections())]
    words = [str(label) for choices in (Act, NameStyle) for label in choices.labels]
    codes = [code.value for code in SectionCode]
    missing = [word for word in (*keys, *words, *codes) if word not in MANUAL]
    assert not missing


@pytest.mark.pure
def test_what_comes_later_is_not_what_is_here():
    assert not set(later.SECTIONS) & {section.name for section in sections()}
    assert not set(later.ACTS) & set(Act.labels)
