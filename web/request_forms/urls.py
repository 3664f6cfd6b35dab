from django.urls import path

from web.request_forms import embedding, pages

app_name = "request_forms"
EMBEDDED = {"is_embedded": True}
urlpatterns = [
    path("", pages.start, name="start"),
    path("embed.js", embedding.script, name="script"),
    path("<slug:form_slug>/", pages.show, name="form"),
    path("<slug:form_slug>/thanks/", pages.thanks, name="thanks"),
    path("<slug:form_slug>/accent.css", pages.accent, name="accent"),
    path("<slug:form_slug>/embed/", pages.show, EMBEDDED, name="embedded"),
    path("<slug:form_slug>/embed/thanks/", pages.thanks, EMBEDDED, name="embedded_thanks"),
]
