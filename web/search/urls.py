from django.urls import path

from web.search import completion, pages, palette

urlpatterns = [
    path("search/", pages.show, name="search"),
    path("search/completion/", completion.complete, name="search_completion"),
    path("palette/", palette.show, name="palette"),
]
