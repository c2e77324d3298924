"""Addresses of the public site: nobody signs in here."""

from django.urls import path

from zhengyou.portal import data_views, views

app_name = "portal"
urlpatterns = [
    path("", views.start, name="start"),
    path("c/<uuid:uid>/", views.campaign, name="campaign"),
    path("c/<uuid:uid>/wall/", views.wall, name="wall"),
    path("c/<uuid:uid>/wall/print/", views.wall_on_paper, name="wall_on_paper"),
    path("c/<uuid:uid>/plans/", views.plans, name="plans"),
    path("c/<uuid:uid>/plans/<uuid:plan>/", views.plan, name="plan"),
    path("c/<uuid:uid>/talk/", views.talk_of, name="talk"),
    path("c/<uuid:uid>/boxes/", views.boxes_of, name="boxes"),
    path("c/<uuid:uid>/postings/", views.postings_of, name="postings"),
    path("c/<uuid:uid>/reports/", views.reports_of, name="reports"),
    path("c/<uuid:uid>/reports/<uuid:report>/", views.report, name="report"),
    path("c/<uuid:uid>/disclosed/", views.disclosed_of, name="disclosed"),
    path("c/<uuid:uid>/data/", data_views.data, name="data"),
    path("c/<uuid:uid>/data/<slug:table>.<slug:form>", data_views.data_file, name="data_file"),
    path("find/", views.find, name="find"),
    path("head/", views.heads, name="heads"),
]
