"""Addresses of the public site: nobody signs in here."""

from django.urls import path

from zhengyou.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.start, name="start"),
    path("c/<uuid:uid>/", views.campaign, name="campaign"),
    path("c/<uuid:uid>/wall/", views.wall, name="wall"),
    path("c/<uuid:uid>/wall/print/", views.wall_on_paper, name="wall_on_paper"),
    path("c/<uuid:uid>/plans/", views.plans, name="plans"),
    path("c/<uuid:uid>/plans/<uuid:plan>/", views.plan, name="plan"),
    path("head/", views.heads, name="heads"),
]
