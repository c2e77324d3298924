"""Opening one's account with a slip. The code may stand in the address's fragment."""

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from zhengyou.kernel.verdict import Refused
from zhengyou.people.actions import accounts
from zhengyou.people.forms.sign_in import InvitationForm
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Account

TOO_MANY = "这台网络上试错的邀请码太多，请 10 分钟后再试。"


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: ActorRequest) -> HttpResponse:
    """Show the form; on POST open the account and sign in with it."""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = _open(request, form)
        if account is not None:
            login(request, account)
            messages.success(request, f"账号开好了。下次用“{account.username}”登录。")
            return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "people/invitation.html", {"form": form})


def _open(request: ActorRequest, form: InvitationForm) -> Account | None:
    """Open the account, or write into the form why not. Wrong codes are counted by address."""
    typed = form.cleaned_data
    if not ratelimit.consume(request, action="invitation", dry_run=True):
        form.add_error("code", TOO_MANY)
        return None
    try:
        return accounts.open_account(typed["code"], typed["username"], typed["password1"])
    except Refused as refusal:
        ratelimit.consume(request, action="invitation")
        form.add_error("code", refusal.reason)
    except ValidationError as problem:
        fields = {"password": "password1"}
        for name, texts in problem.message_dict.items():
            form.add_error(fields.get(name, name), texts)
    return None
