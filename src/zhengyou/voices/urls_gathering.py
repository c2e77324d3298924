"""Addresses of surveys, talks, discussions and complaints about burden."""

from django.urls import path

from zhengyou.voices.views import burden, meetings, questions, surveys, topics

urlpatterns = [
    path("say/box/<uuid:uid>/told/", surveys.results, name="survey_results"),
    path("say/box/<uuid:uid>/themes/", topics.by_theme, name="by_theme"),
    path("say/burden/<uuid:organisation>/", burden.put_in, name="burden"),
    path("say/burden/<uuid:organisation>/numbers/", burden.numbers, name="burden_numbers"),
    path("boxes/<uuid:uid>/questions/", questions.questions, name="questions"),
    path("boxes/<uuid:uid>/questions/<uuid:question>/", questions.question, name="question"),
    path("boxes/<uuid:uid>/sheets/", questions.enter, name="enter_sheet"),
    path("boxes/<uuid:uid>/sheets/paper/", questions.paper, name="sheet"),
    path("boxes/<uuid:uid>/told/", questions.results, name="survey_inside"),
    path("boxes/<uuid:uid>/words/", questions.words, name="words"),
    path("boxes/<uuid:uid>/meeting/", meetings.meeting, name="meeting"),
    path("boxes/<uuid:uid>/notes/", meetings.notes, name="notes"),
    path("boxes/<uuid:uid>/themes/", topics.themes, name="themes"),
    path("boxes/<uuid:uid>/conclusion/", topics.conclusion, name="conclusion"),
    path("burden/", burden.complaints, name="complaints"),
]
