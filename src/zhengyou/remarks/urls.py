"""Addresses of the public's remarks. Below :data:`APART` nobody is known: see ``site``."""

from django.urls import path

from zhengyou.remarks.views import public, queue, remark

APART = "/say/"
"""Where sessions are not read and nothing is logged."""

app_name = "remarks"
urlpatterns = [
    path("say/", public.look_up, name="look_up"),
    path("say/<slug:kind>/<uuid:uid>/", public.write, name="write"),
    path("remarks/", queue.mine, name="mine"),
    path("remarks/below/", queue.below, name="below"),
    path("remarks/about/<slug:kind>/<uuid:uid>/", queue.about, name="about"),
    path("remarks/of/<uuid:organisation>/", queue.queue, name="queue"),
    path("remarks/<uuid:uid>/", remark.remark, name="remark"),
]
