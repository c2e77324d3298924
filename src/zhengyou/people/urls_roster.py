"""Addresses of the roster import and export, included by ``urls``."""

from django.urls import URLPattern, URLResolver, include, path

from zhengyou.people.views import roster, roster_acts, roster_export

one: list[URLPattern | URLResolver] = [
    path("", roster.page, name="roster-import-page"),
    path("progress/", roster.progress, name="roster-import-progress"),
    path("choices/", roster.choices, name="roster-import-choices"),
    path("sheets/", roster.sheets, name="roster-import-sheets"),
    path("confirm/", roster_acts.confirm, name="roster-import-confirm"),
    path("cancel/", roster_acts.cancel, name="roster-import-cancel"),
    path("retry/", roster_acts.retry, name="roster-import-retry"),
    path("undo/", roster_acts.undo, name="roster-import-undo"),
    path("faults.xlsx", roster_acts.faults, name="roster-import-faults"),
]
rosters: list[URLPattern | URLResolver] = [
    path("import/", roster.upload, name="roster-import"),
    path("imports/<uuid:import_uid>/", include(one)),
    path("export.xlsx", roster_export.masked, name="roster-export"),
    path("numbers/", roster_export.numbers, name="roster-numbers"),
    path("template.xlsx", roster_export.template, name="roster-template"),
]
urlpatterns = [path("orgs/<uuid:uid>/roster/", include(rosters))]
