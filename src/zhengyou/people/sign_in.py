"""What allauth may do here: sign in with a user name and a password, nothing else."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse


class AccountAdapter(DefaultAccountAdapter):
    """No public registration: accounts are opened with an invitation slip."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "用户名或密码不对。忘了密码，请找本支部重开一张邀请条。",
        "too_many_login_attempts": "试错的次数太多，请 10 分钟后再试。",
        "enter_current_password": "现在的密码不对，请重新填。",
        "password_mismatch": "两遍新密码不一样，请重新填。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always closed."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing of its own: our pages say what happened in our words."""

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go back to work after a new password."""
        return reverse("people:orgs")
