"""Signing in, changing the password, opening an account with an invitation slip."""

from typing import Any

from allauth.account import forms as allauth
from django import forms

from zhengyou.people.models import Account

PASSWORD_HELP = "至少 10 个字，不能全是数字，也不要用生日、电话、常见的词。几个词连起来最好记。"


def password_field(label: str, complete: str = "new-password", hint: str = "") -> forms.CharField:
    """Return a field for a password, never filled in again by the server."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": complete}),
        error_messages={"required": f"没有填{label}。"},
    )


def username_field(hint: str = "", **attrs: str) -> forms.CharField:
    """Return a field for a user name, which phones must not correct."""
    plain = {"autocapitalize": "none", "spellcheck": "false", "autocomplete": "username"}
    return forms.CharField(
        label="用户名",
        help_text=hint,
        max_length=40,
        widget=forms.TextInput(attrs=plain | attrs),
        error_messages={"required": "没有填用户名。", "max_length": "用户名最多 40 个字。"},
    )


class LoginForm(allauth.LoginForm):
    """User name and password; allauth counts the failures."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = username_field(autofocus="")
        self.fields["password"] = password_field("密码", "current-password")
        self.order_fields(["login", "password"])

    def clean_login(self) -> str:
        """Return the name as accounts keep it: width and capitals make no difference."""
        return Account.plain_username(self.cleaned_data["login"])


class PasswordForm(allauth.ChangePasswordForm):
    """The old password and twice the new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, complete, hint in (
            ("oldpassword", "现在的密码", "current-password", ""),
            ("password1", "新密码", "new-password", PASSWORD_HELP),
            ("password2", "新密码再填一遍", "new-password", ""),
        ):
            field = self.fields[name]
            field.label, field.help_text = label, hint
            field.error_messages["required"] = f"没有填{label}。"
            field.widget = forms.PasswordInput(attrs={"autocomplete": complete})

    def clean(self) -> dict[str, Any]:
        """Check that both new passwords agree, in our words."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "password2" in self.errors and self.data.get("password2"):
            self.errors["password2"] = self.error_class(["两遍新密码不一样，请重新填。"])
        return cleaned


class InvitationForm(forms.Form):
    """The code of a slip, a user name and twice a password."""

    code = forms.CharField(
        label="邀请码",
        help_text="纸条上 15 个字母和数字，大小写、横线都不要紧。",
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": "没有填邀请码。", "max_length": "邀请码没有这么长。"},
    )
    username = username_field("自己取一个，往后登录用。2 到 40 个汉字、字母、数字。")
    password1 = password_field("密码", hint=PASSWORD_HELP)
    password2 = password_field("密码再填一遍")

    def clean_password2(self) -> str:
        """Check that both passwords agree."""
        again: str = self.cleaned_data["password2"]
        if again != self.cleaned_data.get("password1", again):
            raise forms.ValidationError("两遍密码不一样，请重新填。")
        return again
