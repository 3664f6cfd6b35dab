from django.urls import path

from web.help_centre import articles, home, searching, votes

app_name = "help"
urlpatterns = [
    path("", home.start, name="start"),
    path("<slug:language>/", home.index, name="home"),
    path("<slug:language>/search/", searching.show, name="search"),
    path("<slug:language>/suggestions/", searching.suggest, name="suggestions"),
    path("<slug:language>/categories/<slug:slug>/", home.category, name="category"),
    path("<slug:language>/articles/<int:article_id>-<slug:slug>/", articles.show, name="article"),
    path("<slug:language>/articles/<int:article_id>/votes/", votes.create, name="votes"),
]
