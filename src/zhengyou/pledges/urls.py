"""Addresses of pledges."""

from django.urls import path

from zhengyou.pledges.views import (
    body,
    fulfilment,
    items,
    letters,
    mine,
    pledge,
    progress,
    review,
    supervision,
)

app_name = "pledges"
urlpatterns = [
    path("pledges/", mine.mine, name="mine"),
    path("pledges/new/<uuid:campaign>/", mine.new, name="new"),
    path("pledges/exempt/<uuid:campaign>/", mine.exempt, name="exempt"),
    path("pledges/of/<uuid:organisation>/<uuid:campaign>/", body.body, name="body"),
    path(
        "pledges/of/<uuid:organisation>/<uuid:campaign>/letters/", letters.letters, name="letters"
    ),
    path("pledges/<uuid:uid>/", pledge.pledge, name="pledge"),
    path("pledges/<uuid:uid>/letter/", letters.letter, name="letter"),
    path("pledges/<uuid:uid>/edit/", pledge.edit, name="edit"),
    path("pledges/<uuid:uid>/submit/", pledge.submit, name="submit"),
    path("pledges/<uuid:uid>/items/", items.add, name="add"),
    path("pledges/<uuid:uid>/copy/", items.copy, name="copy"),
    path("pledges/<uuid:uid>/review/", review.review, name="review"),
    path("pledges/<uuid:uid>/progress/", progress.progress, name="progress"),
    path("pledges/<uuid:uid>/fulfilment/", fulfilment.fulfilment, name="fulfilment"),
    path("pledges/<uuid:uid>/confirm/", fulfilment.confirm, name="confirm"),
    path("pledges/<uuid:uid>/supervision/", supervision.supervision, name="supervision"),
    path("pledges/items/<uuid:uid>/", items.item, name="item"),
    path("pledges/items/<uuid:uid>/remove/", items.remove, name="remove"),
    path("pledges/items/<uuid:uid>/take-back/", items.take_back, name="take_back"),
    path("pledges/items/<uuid:uid>/send-back/", review.send_back, name="send_back"),
    path("pledges/notes/<uuid:uid>/", progress.correct, name="correct"),
]
