"""Addresses of records."""

from django.urls import path

from zhengyou.work.views import records, series, writing

urlpatterns = [
    path("records/", records.mine, name="my_book"),
    path("orgs/<uuid:uid>/records/", records.book, name="book"),
    path("orgs/<uuid:uid>/records.xlsx", records.book_workbook, name="book_workbook"),
    path("orgs/<uuid:uid>/records/new/", writing.choose, name="choose"),
    path("orgs/<uuid:uid>/records/new/<slug:kind>/", writing.new, name="new"),
    path("records/<uuid:uid>/", records.show, name="record"),
    path("records/<uuid:uid>/write/", writing.write, name="write"),
    path("records/<uuid:uid>/sheet/", writing.sheet, name="sheet"),
    path("records/<uuid:uid>/strike/", records.strike, name="strike"),
    path("records/<uuid:uid>/discard/", records.discard, name="discard"),
    path("records/<uuid:uid>/files/<uuid:file>/drop/", records.drop_file, name="drop_file"),
    path("record-series/<uuid:uid>/", series.series, name="series"),
    path("record-series/<uuid:uid>/end/", series.end, name="series_end"),
]
