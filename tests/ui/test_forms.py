"""Form fields: label, help and mistake are tied to the control; the words are plain."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.template import Context, Template

pytestmark = pytest.mark.pure


class NoteForm(forms.Form):
    title = forms.CharField(label="做了<什么>", max_length=3, help_text="一句话。")
    day = forms.DateField(label="哪天", required=False)
    count = forms.IntegerField(label="几回", min_value=1)
    scope = forms.ChoiceField(
        label="给谁看", choices=[("all", "公开"), ("org", "本支部")], widget=forms.RadioSelect
    )
    sure = forms.BooleanField(label="我看过了")
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        raise forms.ValidationError("这一天已经记过了。")


def drawn(source, **context):
    return Template(source).render(Context(context))


@pytest.fixture
def wrong():
    return NoteForm(QueryDict("title=护学岗<b>&day=十月&count=0&scope=x"))


def test_label_and_help_are_tied_to_the_control():
    html = drawn("{% field form.title %}", form=NoteForm())
    assert '<label class="form-label" for="id_title">做了&lt;什么&gt;' in html
    assert 'aria-describedby="id_title-help"' in html
    assert '<p class="zy-help" id="id_title-help">一句话。</p>' in html
    assert "aria-invalid" not in html


def test_what_may_be_left_out_says_so_in_words():
    form = NoteForm()
    assert "可以不填" in drawn("{% field form.day %}", form=form)
    assert "可以不填" not in drawn("{% field form.title %}", form=form)


def test_a_mistake_is_tied_and_nothing_typed_is_lost(wrong):
    html = drawn("{% field form.title %}", form=wrong)
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_title-help id_title-error"' in html
    assert 'value="护学岗&lt;b&gt;"' in html
    assert "太长了：最多 3 个字，现在有 6 个。" in html


def test_choices_are_a_group_with_a_legend(wrong):
    html = drawn("{% field form.scope %}", form=wrong)
    assert '<fieldset class="zy-field is-group" aria-describedby="id_scope-error">' in html
    assert '<legend class="form-label">给谁看</legend>' in html
    assert "没有“x”这一项" in html


def test_a_tick_box_stands_before_its_label():
    html = drawn("{% field form.sure %}", form=NoteForm())
    assert html.index("<input") < html.index("我看过了")


def test_hidden_fields_have_no_frame():
    assert drawn("{% field form.key %}", form=NoteForm()).startswith('<input type="hidden"')


def test_the_summary_leads_to_each_mistake(wrong):
    html = drawn("{% form_errors form %}", form=wrong)
    assert 'role="alert"' in html
    assert "有 6 处要改" in html
    assert '<a class="link" href="#id_title">做了&lt;什么&gt;</a>' in html
    assert 'href="#id_scope_0"' in html  # the first choice: a group has no control of its own
    assert "<li>这一天已经记过了。</li>" in html


def test_no_mistakes_no_summary():
    assert drawn("{% form_errors form %}", form=NoteForm()).strip() == ""


def test_a_hint_of_the_page_replaces_the_forms_help():
    html = drawn("{% field form.title hint='写给家长看的。' %}", form=NoteForm())
    assert "写给家长看的。" in html
    assert "一句话。" not in html


def test_the_file_box_knows_its_limit():
    class FileForm(forms.Form):
        sheet = forms.FileField(label="花名册")

    html = drawn("{% drop form.sheet 2048 %}", form=FileForm())
    assert 'data-limit="2048"' in html
    assert 'type="file"' in html


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (forms.CharField(), "", "还没填。"),
        (forms.ChoiceField(choices=[("a", "甲")]), "", "还没选。"),
        (forms.BooleanField(), False, "要打上钩才行。"),
        (forms.IntegerField(), "几", "要写整数，比如 12。"),
        (forms.IntegerField(max_value=5), "6", "太大了：最大是 5。"),
        (forms.DecimalField(), "多", "要写数字，比如 6.4。"),
        (forms.DateField(), "十月", "日期看不懂，写成 2026-10-16 这样。"),
        (forms.FileField(), None, "还没选文件。"),
        (forms.FileField(), SimpleUploadedFile("a.xlsx", b""), "这个文件是空的，换一个。"),
    ],
)
def test_the_usual_mistakes_are_told_plainly(field, value, words):
    with pytest.raises(forms.ValidationError) as caught:
        field.clean(value)
    assert caught.value.messages == [words]


def test_what_a_form_says_itself_stays():
    field = forms.CharField(error_messages={"required": "写上您做了什么。"})
    with pytest.raises(forms.ValidationError, match="写上您做了什么"):
        field.clean("")
