"""Signing in and out, the password, the hat. Of allauth's pages these three are all there are."""

from typing import Any

from allauth.account import views as allauth
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from zhengyou.ledger import book
from zhengyou.people.actor import actor_for
from zhengyou.people.forms.sign_in import LoginForm, PasswordForm
from zhengyou.people.middleware import HAT_KEY, ActorRequest


class LoginView(allauth.LoginView):
    """Signs in; the number of tries is limited (``ACCOUNT_RATE_LIMITS``)."""

    form_class = LoginForm
    template_name = "people/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Leave out allauth's links to sign-up and the like, which have no address here."""
        context: dict[str, Any] = super(allauth.LoginView, self).get_context_data(**kwargs)
        return context


class LogoutView(allauth.LogoutView):
    """Signs out on POST; a GET asks first."""

    template_name = "people/logout.html"


class PasswordView(allauth.PasswordChangeView):
    """Changes the password; other sessions of the account end with it."""

    form_class = PasswordForm
    template_name = "people/password.html"

    def form_valid(self, form: PasswordForm) -> HttpResponse:
        """Save it as a fact and say so."""
        with book.writing() as facts:
            response: HttpResponse = super().form_valid(form)
            account = self.request.user
            facts.record("account.password", by=actor_for(account), about=account.ref)
        messages.success(self.request, "密码改好了，下次用新密码登录。别处登录着的已经退出。")
        return response


@login_required
@require_POST
def hat(request: ActorRequest) -> HttpResponse:
    """Put on another of one's hats; one that is not one's own changes nothing."""
    wanted = request.POST.get("hat", "")
    chosen = next((one for one in request.actor.hats if str(one.uid) == wanted), None)
    if chosen is None:
        messages.error(request, "这个身份已经不在了，现在办事用的还是原来的身份。")
    else:
        request.session[HAT_KEY] = str(chosen.uid)
        messages.success(request, f"现在用“{chosen.title}”的身份办事。")
    return redirect(settings.LOGIN_REDIRECT_URL)
