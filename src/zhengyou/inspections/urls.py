"""Addresses of this room. Whatever begins with ``draws/`` is public."""

from django.urls import path

from zhengyou.inspections import urls_bulletins, urls_tiers
from zhengyou.inspections.views import draws, findings, inspections, public, visits

app_name = "inspections"
urlpatterns = [
    path("draws/", public.draws, name="draws"),
    path("draws/draw_again.py", public.script, name="script"),
    path("draws/<uuid:uid>/", public.draw, name="draw"),
    path("draws/<uuid:uid>/list.txt", public.list_file, name="list_file"),
    path("inspections/", inspections.index, name="index"),
    path("inspections/new/", inspections.new, name="new"),
    path("inspections/of/<uuid:organisation>/", visits.of_body, name="of_body"),
    path("inspections/visits/<uuid:uid>/", visits.visit, name="visit"),
    path("inspections/visits/<uuid:uid>/fill/", visits.fill, name="fill"),
    path("inspections/visits/<uuid:uid>/hand-over/", visits.hand_over, name="hand_over"),
    path("inspections/visits/<uuid:uid>/replace/", draws.replace, name="replace"),
    path("inspections/findings/<uuid:uid>/", findings.finding, name="finding"),
    path("inspections/findings/<uuid:uid>/photo/", findings.photo, name="photo"),
    path("inspections/findings/<uuid:uid>/problem/", findings.raise_problem, name="raise"),
    path("inspections/<uuid:uid>/", inspections.inspection, name="inspection"),
    path("inspections/<uuid:uid>/edit/", inspections.edit, name="edit"),
    path("inspections/<uuid:uid>/items/", inspections.items, name="items"),
    path("inspections/<uuid:uid>/quotas/", inspections.quotas, name="quotas"),
    path("inspections/<uuid:uid>/team/", inspections.team, name="team"),
    path("inspections/<uuid:uid>/discard/", inspections.discard, name="discard"),
    path("inspections/<uuid:uid>/freeze/", draws.freeze, name="freeze"),
    path("inspections/<uuid:uid>/seed/", draws.seed, name="seed"),
    path("inspections/<uuid:uid>/name/", draws.name, name="name"),
    path("inspections/<uuid:uid>/annul/", draws.annul, name="annul"),
    path("inspections/<uuid:uid>/close/", inspections.close, name="close"),
    path("inspections/<uuid:uid>/sheet/", inspections.sheet, name="sheet"),
    path("inspections/<uuid:uid>/findings.xlsx", inspections.findings_workbook, name="workbook"),
    *urls_bulletins.urlpatterns,
    *urls_tiers.urlpatterns,
]
