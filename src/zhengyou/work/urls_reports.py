"""Addresses of reports and of points in which somebody is stuck."""

from django.urls import path

from zhengyou.work.views import reports, stuck

urlpatterns = [
    path("reports/", reports.mine, name="reports"),
    path("reports/of/<uuid:organisation>/", reports.of_body, name="body_reports"),
    path("reports/begin/<uuid:duty>/<uuid:organisation>/", reports.begin, name="begin_report"),
    path("reports/<uuid:uid>/", reports.show, name="report"),
    path("reports/<uuid:uid>/paper/", reports.paper, name="report_paper"),
    path("reports/<uuid:uid>/lines/<str:key>/", reports.line, name="report_line"),
    path("reports/<uuid:uid>/add/", reports.add, name="add_report_line"),
    path("reports/<uuid:uid>/send/", reports.send, name="send_report"),
    path("reports/<uuid:uid>/take-back/", reports.take_back, name="take_back_report"),
    path("reports/<uuid:uid>/answer/", reports.answer, name="answer_report"),
    path("stuck/of/<uuid:organisation>/", stuck.of_body, name="stuck"),
    path("stuck/<uuid:uid>/", stuck.point, name="point"),
    path("stuck/<uuid:uid>/reopen/", stuck.reopen, name="reopen_point"),
]
