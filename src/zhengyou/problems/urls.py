"""Addresses of this room."""

from django.urls import path

from zhengyou.problems.views import looking, problem

app_name = "problems"
urlpatterns = [
    path("problems/<uuid:uid>/", problem.problem, name="problem"),
    path("self-checks/mine/<uuid:campaign>/", looking.mine, name="my_check"),
    path("self-checks/<uuid:uid>/", looking.check, name="check"),
    path("self-checks/<uuid:uid>/drop/", looking.drop, name="drop_check"),
    path("orgs/<uuid:organisation>/self-checks/", looking.rounds, name="self_checks"),
    path(
        "orgs/<uuid:organisation>/self-checks/<uuid:campaign>/",
        looking.of_body,
        name="self_check",
    ),
    path(
        "orgs/<uuid:organisation>/self-checks/<uuid:campaign>/paper/",
        looking.paper,
        name="self_check_paper",
    ),
    path(
        "orgs/<uuid:organisation>/self-checks/<uuid:campaign>/of/<uuid:person>/",
        looking.of_person,
        name="own_check",
    ),
]
