"""Addresses of this room."""

from django.urls import path

from zhengyou.problems.views import (
    acting,
    burn,
    gathering,
    ledger,
    looking,
    problem,
    raising,
    risen,
    taking_over,
)

app_name = "problems"
urlpatterns = [
    path("problems/", ledger.mine, name="mine"),
    path("problems/new/", raising.new, name="new"),
    path("problems/<uuid:uid>/", problem.problem, name="problem"),
    path("problems/<uuid:uid>/plan/", acting.plan, name="plan"),
    path("problems/<uuid:uid>/start/", problem.start, name="start"),
    path("problems/<uuid:uid>/take-back/", problem.take_back, name="take_back"),
    path("problems/<uuid:uid>/submit/", problem.submit, name="submit"),
    path("problems/<uuid:uid>/verify/", problem.verify, name="verify"),
    path("problems/<uuid:uid>/measures/<uuid:measure>/", problem.tick_off, name="tick_off"),
    path("problems/<uuid:uid>/extensions/<uuid:extension>/", problem.extension, name="extension"),
    path("problems/<uuid:uid>/files/<uuid:file>/", problem.drop_file, name="drop_file"),
    path("problems/<uuid:uid>/do/<slug:verb>/", acting.act, name="act"),
    path("orgs/<uuid:organisation>/problems/", ledger.ledger, name="ledger"),
    path("orgs/<uuid:organisation>/problems.xlsx", ledger.workbook_of, name="workbook"),
    path("orgs/<uuid:organisation>/problems/new/", raising.by_hand, name="by_hand"),
    path("problems/<uuid:uid>/common/", gathering.common, name="common"),
    path("problems/<uuid:uid>/common/join/", gathering.join, name="join"),
    path("problems/<uuid:uid>/common/<uuid:member>/out/", gathering.let_go, name="let_go"),
    path("orgs/<uuid:organisation>/problems/gather/", gathering.gather, name="gather"),
    path("orgs/<uuid:organisation>/problems/left/", taking_over.left_over, name="left_over"),
    path("orgs/<uuid:organisation>/problems/burn/", burn.burn, name="burn"),
    path("orgs/<uuid:organisation>/problems/risen/", risen.risen, name="risen"),
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
