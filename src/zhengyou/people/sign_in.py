"""What allauth may do here: sign in with a user name and a password, nothing else."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """No public registration: accounts are opened with an invitation slip."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "用户名或口令不对。忘了口令请找本支部重开邀请条。",
        "too_many_login_attempts": "试错次数太多，请 10 分钟后再试。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always closed."""
        return False

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """Take user names as typed; whether one is free is checked where accounts are opened."""
        return username.strip()
