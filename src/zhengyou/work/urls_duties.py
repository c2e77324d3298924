"""Addresses of what a campaign asks for, and of what is lifted or left to a body."""

from django.urls import path

from zhengyou.work.views import keeping, lifting

urlpatterns = [
    path("campaigns/<uuid:campaign>/duties/", keeping.index, name="duties"),
    path("campaigns/<uuid:campaign>/new-duty/", keeping.new, name="duty_new"),
    path("campaigns/<uuid:campaign>/duties/<slug:code>/", keeping.show, name="duty"),
    path("campaigns/<uuid:campaign>/duties/<slug:code>/change/", keeping.change,
         name="duty_change"),
    path("campaigns/<uuid:campaign>/duties/<slug:code>/end/", keeping.end, name="duty_end"),
    path("duties/of/<uuid:organisation>/exemptions/", lifting.exemptions, name="exemptions"),
    path("duties/of/<uuid:organisation>/exemptions/<uuid:uid>/end/", lifting.end,
         name="exemption_end"),
    path("duties/of/<uuid:organisation>/intervals/", lifting.intervals, name="intervals"),
]  # fmt: skip
