"""Addresses of this room: what they are about does not stand in them, since letters carry them."""

from django.urls import path

from zhengyou.labour.views import cases, warnings

app_name = "labour"
CONFIDENTIAL = "/confidential/"
"""Where no request is logged."""
urlpatterns = [
    path("confidential/", warnings.home, name="home"),
    path("confidential/totals/", warnings.totals, name="totals"),
    path("confidential/of/<uuid:organisation>/", warnings.group, name="group"),
    path("confidential/of/<uuid:organisation>/signals/", warnings.note, name="note"),
    path("confidential/of/<uuid:organisation>/cases/", cases.new, name="new"),
    path("confidential/seats/<uuid:uid>/end/", warnings.unseat, name="unseat"),
    path("confidential/signals/<uuid:uid>/", warnings.signal, name="signal"),
    path("confidential/cases/<uuid:uid>/", cases.case, name="case"),
    path("confidential/cases/<uuid:uid>/steps/<uuid:step>/", cases.step, name="step"),
    path("confidential/cases/<uuid:uid>/steps/<uuid:step>/later/", cases.later, name="later"),
    path("confidential/cases/<uuid:uid>/notes/", cases.mediate, name="mediate"),
    path("confidential/cases/<uuid:uid>/members/", cases.members, name="members"),
    path("confidential/cases/<uuid:uid>/members/<uuid:member>/end/", cases.unname, name="unname"),
    path("confidential/cases/<uuid:uid>/close/", cases.close, name="close"),
    path("confidential/cases/<uuid:uid>/reopen/", cases.reopen, name="reopen"),
]
