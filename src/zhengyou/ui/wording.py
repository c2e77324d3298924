"""The form's own words. Django's translation speaks of fields and variables; a secretary does not.

Changes the defaults of Django's field and validator classes once, at start; what a form says for
itself stays.
"""

from django import forms
from django.core import validators

REQUIRED = "还没填。"
_WORDS: dict[type[forms.Field], dict[str, str]] = {
    forms.Field: {"required": REQUIRED},
    forms.BooleanField: {"required": "要打上钩才行。"},
    forms.IntegerField: {"invalid": "要写整数，比如 12。"},
    forms.FloatField: {"invalid": "要写数字，比如 6.4。"},
    forms.DecimalField: {"invalid": "要写数字，比如 6.4。"},
    forms.DateField: {"invalid": "日期看不懂，写成 2026-10-16 这样。"},
    forms.DateTimeField: {"invalid": "时间看不懂，写成 2026-10-16 9:30 这样。"},
    forms.TimeField: {"invalid": "时间看不懂，写成 9:30 这样。"},
    forms.ChoiceField: {
        "required": "还没选。",
        "invalid_choice": "没有“%(value)s”这一项，重新选一下。",
    },
    forms.MultipleChoiceField: {
        "required": "还没选。",
        "invalid_choice": "没有“%(value)s”这一项，重新选一下。",
        "invalid_list": "选的读不出来，重新选一下。",
    },
    forms.ModelChoiceField: {
        "required": "还没选。",
        "invalid_choice": "选的这一项已经没有了，重新选一下。",
    },
    forms.ModelMultipleChoiceField: {
        "required": "还没选。",
        "invalid_choice": "选的这一项已经没有了，重新选一下。",
    },
    forms.FileField: {
        "required": "还没选文件。",
        "invalid": "文件没有传上来，重新选一次。",
        "missing": "文件没有传上来，重新选一次。",
        "empty": "这个文件是空的，换一个。",
        "max_length": "文件名太长：最多 %(max)d 个字，现在有 %(length)d 个。",
    },
    forms.UUIDField: {"invalid": "这个编号读不出来，从列表里重新点进来。"},
}
_RULES: dict[type[validators.BaseValidator], str] = {
    validators.MaxLengthValidator: "太长了：最多 %(limit_value)d 个字，现在有 %(show_value)d 个。",
    validators.MinLengthValidator: "太短了：至少 %(limit_value)d 个字，现在有 %(show_value)d 个。",
    validators.MaxValueValidator: "太大了：最大是 %(limit_value)s。",
    validators.MinValueValidator: "太小了：最小是 %(limit_value)s。",
}


def speak_plainly() -> None:
    """Put the words in place."""
    for field, words in _WORDS.items():
        field.default_error_messages = {**field.default_error_messages, **words}
    for rule, message in _RULES.items():
        rule.message = message
    validators.ProhibitNullCharactersValidator.message = "有一个看不见的字符，删掉重新写。"
