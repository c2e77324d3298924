"""Addresses of this room. Below ``/open/`` nobody signs in."""

from django.urls import path

from zhengyou.disclosure.views import items, public

app_name = "disclosure"
urlpatterns = [
    path("open/<uuid:organisation>/", public.body, name="public_body"),
    path("open/items/<uuid:uid>/", public.item, name="public_item"),
    path("orgs/<uuid:organisation>/disclosure/", items.board, name="board"),
    path("orgs/<uuid:organisation>/disclosure/<uuid:topic>/<slug:start>/", items.new, name="new"),
    path("disclosed/<uuid:uid>/", items.item, name="item"),
    path("disclosed/<uuid:uid>/edit/", items.edit, name="edit"),
    path("disclosed/<uuid:uid>/submit/", items.submit, name="submit"),
    path("disclosed/<uuid:uid>/send-back/", items.send_back, name="send_back"),
    path("disclosed/<uuid:uid>/publish/", items.publish, name="publish"),
    path("disclosed/<uuid:uid>/correct/", items.correct, name="correct"),
    path("disclosed/<uuid:uid>/withdraw/", items.withdraw, name="withdraw"),
    path("disclosed/<uuid:uid>/discard/", items.discard, name="discard"),
]
