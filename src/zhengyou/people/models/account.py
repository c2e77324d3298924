"""Accounts and the invitation slips that open them. An account is not a person."""

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models

from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.texts import tidy_line
from zhengyou.people.models.person import Person


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; Django and allauth expect these names."""

    def create_user(self, username: str, password: str | None = None, **extra: Any) -> "Account":
        """Create an account; without a password nobody can sign in with it."""
        account = self.model(username=Account.plain_username(username), **extra)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Find by user name as typed: width and capitals make no difference."""
        return self.get(username=Account.plain_username(username or ""))


_USERNAME = RegexValidator(
    r"^[\w.-]{2,40}$", "用户名用 2 到 40 个汉字、字母、数字，可以带点和短横，不能有空格。"
)


class Account(AbstractBaseUser):
    """A way to sign in. It belongs to at most one person; most persons have none."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    username = models.CharField(
        "用户名",
        max_length=40,
        unique=True,
        validators=[_USERNAME],
        error_messages={"unique": "这个用户名已有人用。", "blank": "没有填用户名。"},
    )
    person = models.OneToOneField(
        Person, verbose_name="人员", null=True, on_delete=models.PROTECT, related_name="account"
    )
    opened_at = models.DateTimeField("开户时间", null=True)
    closed_at = models.DateTimeField("停用时间", null=True, blank=True)

    objects = AccountManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "账号"

    @staticmethod
    def plain_username(typed: str) -> str:
        """Return a user name as it is kept: trimmed, half-width, in small letters.

        Phones begin with a capital unasked; nobody shall fail to sign in for that.
        """
        return tidy_line(typed).casefold()

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

    @property
    def is_open(self) -> bool:
        """Whether an account may still be opened with it."""
        return not self.used_at and not self.withdrawn_at and self.expires_at > clock.now()
