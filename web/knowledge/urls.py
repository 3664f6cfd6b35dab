from django.urls import path

from web.knowledge import history, insertion, pages, sections, writing

app_name = "knowledge"
urlpatterns = [
    path("", pages.index, name="index"),
    path("new/", writing.new, name="new"),
    path("preview/", writing.preview, name="preview"),
    path("insert/", insertion.index, name="insert"),
    path("missed/", pages.missed, name="missed"),
    path("sections/", sections.index, name="sections"),
    path("sections/<int:section_id>/", sections.section, name="section"),
    path("categories/<int:category_id>/", sections.category, name="category"),
    path("<int:translation_id>/", pages.show, name="article"),
    path("<int:translation_id>/edit/", writing.edit, name="edit"),
    path("<int:translation_id>/translate/", writing.translate, name="translate"),
    path("<int:translation_id>/state/", writing.state, name="state"),
    path("<int:translation_id>/history/", history.index, name="history"),
    path("<int:translation_id>/history/<int:revision>/", history.show, name="revision"),
]
