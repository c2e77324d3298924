"""Addresses of this room."""

from django.urls import path

from zhengyou.problems.views import problem

app_name = "problems"
urlpatterns = [
    path("problems/<uuid:uid>/", problem.problem, name="problem"),
]
