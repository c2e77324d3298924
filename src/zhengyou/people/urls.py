"""Addresses of organisations, people and sign-in."""

from django.urls import include, path

from zhengyou.people.views import (
    accounts,
    days,
    enrolling,
    handovers,
    invitation,
    merging,
    organisations,
    persons,
    posts,
    roll,
    shaping,
    sign_in,
    splitting,
)

app_name = "people"

organisation = [
    path("", organisations.organisation, name="organisation"),
    path("tree/", organisations.tree, name="tree"),
    path("found/", shaping.found, name="found"),
    path("rename/", shaping.rename, name="rename"),
    path("move/", shaping.move, name="move"),
    path("split/", splitting.split, name="split"),
    path("merge/", merging.merge, name="merge"),
    path("close/", shaping.close, name="close"),
    path("handovers/", handovers.handovers, name="handovers"),
    path("handovers/new/", handovers.new, name="handover_new"),
    path("roll/", roll.roll, name="roll"),
    path("enrol/", enrolling.enrol, name="enrol"),
    path("appoint/", posts.appoint, name="appoint"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("invitations/", accounts.invite, name="invite"),
]
person = [
    path("", persons.person, name="person"),
    path("numbers/", persons.numbers, name="numbers"),
    path("amend/", persons.amend, name="amend"),
    path("standing/", persons.standing, name="standing"),
    path("circumstances/", persons.circumstance, name="circumstance"),
    path("circumstances/<int:pk>/end/", persons.circumstance_end, name="circumstance_end"),
    path("transfer/", handovers.transfer, name="transfer"),
    path("release/", enrolling.release, name="release"),
    path("posts/<uuid:post>/end/", posts.end, name="post_end"),
    path("invitation/withdraw/", accounts.withdraw, name="withdraw"),
    path("account/close/", accounts.close, name="account_close"),
]
handover = [
    path("", handovers.handover, name="handover"),
    path("accept/", handovers.accept, name="handover_accept"),
    path("return/", handovers.send_back, name="handover_return"),
    path("withdraw/", handovers.withdraw, name="handover_withdraw"),
    path("undo/", handovers.undo, name="handover_undo"),
]
urlpatterns = [
    path("login/", sign_in.LoginView.as_view(), name="login"),
    path("logout/", sign_in.LogoutView.as_view(), name="logout"),
    path("password/", sign_in.PasswordView.as_view(), name="password"),
    path("invitation/", invitation.invitation, name="invitation"),
    path("hat/", sign_in.hat, name="hat"),
    path("days/", days.days, name="days"),
    path("days/<int:pk>/clear/", days.clear, name="days_clear"),
    path("orgs/", organisations.orgs, name="orgs"),
    path("orgs/<uuid:uid>/", include(organisation)),
    path("people/<uuid:uid>/", include(person)),
    path("orgs/handovers/<uuid:uid>/", include(handover)),
    path("orgs/reorganisations/<uuid:uid>/undo/", merging.undo, name="reorganisation_undo"),
    path("", include("zhengyou.people.urls_roster")),
]
