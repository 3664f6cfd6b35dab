from django.urls import path

from web.portal import new_request, ratings, replies, requests, solutions

app_name = "portal"
urlpatterns = [
    path("", requests.index, name="requests"),
    path("new/", new_request.new, name="new_request"),
    path("<int:number>/", requests.show, name="request"),
    path("<int:number>/replies/", replies.create, name="replies"),
    path("<int:number>/solution/", solutions.create, name="solution"),
    path("<int:number>/rating/", ratings.create, name="rating"),
]
