"""Accounts and the invitation slips that open them. An account is not a person."""

from typing import Any
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from zhengyou.kernel.refs import Ref
from zhengyou.people.models.person import Person


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; Django and allauth expect these names."""

    def create_user(self, username: str, password: str | None = None, **extra: Any) -> "Account":
        """Create an account; without a password nobody can sign in with it."""
        account = self.model(username=username, **extra)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Find by user name, as typed."""
        return self.get(username=username)


class Account(AbstractBaseUser):
    """A way to sign in. It belongs to at most one person; most persons have none."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    username = models.CharField(
        "用户名", max_length=40, unique=True, error_messages={"unique": "这个用户名已有人用。"}
    )
    person = models.OneToOneField(
        Person, verbose_name="人员", null=True, on_delete=models.PROTECT, related_name="account"
    )
    opened_at = models.DateTimeField("开户时间", null=True)
    closed_at = models.DateTimeField("停用时间", null=True, blank=True)

    objects = AccountManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = "账号"

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Whether one may sign in; closing an account ends its sessions at the next request."""
        return self.closed_at is None

    @property
    def ref(self) -> Ref:
        """The reference that facts use."""
        return Ref("account", self.uid)


class Invitation(models.Model):
    """A slip printed by the branch: whoever holds it may open the account of one person once.

    Only a keyed hash of the code is stored.
    """

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        Person, verbose_name="人员", on_delete=models.CASCADE, related_name="invitations"
    )
    code_lookup = models.CharField("邀请码（匹配值）", max_length=64, unique=True)
    issued_at = models.DateTimeField("开出时间")
    expires_at = models.DateTimeField("失效时间")
    used_at = models.DateTimeField("使用时间", null=True, blank=True)
    withdrawn_at = models.DateTimeField("收回时间", null=True, blank=True)

    class Meta:
        verbose_name = "邀请条"
