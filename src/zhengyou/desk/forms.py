"""What is asked for on the page of reminders."""

from typing import Any

from django import forms

from zhengyou.desk.models import EARLIEST, LATEST


class ReminderForm(forms.Form):
    """Where to, at which hour, and whether at all."""

    address = forms.EmailField(
        label="邮箱", required=False, max_length=254,
        help_text="换了邮箱先发一封确认信，点了信里的链接才算数。",
        error_messages={"invalid": "邮箱写得不对，要像 名字@邮局 这样。"},
    )  # fmt: skip
    hour = forms.TypedChoiceField(
        label="几点发", coerce=int,
        choices=[(hour, f"{hour} 点") for hour in range(EARLIEST, LATEST + 1)],
    )  # fmt: skip
    on = forms.BooleanField(label="有事要办的日子，发一封提醒", required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a wish for letters without an address."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("on") and not cleaned.get("address") and "address" not in self.errors:
            self.add_error("address", "要发提醒，请写上邮箱。")
        return cleaned
