from django.urls import path

from web.knowledge import context

urlpatterns = [
    path("knowledge/", context.knowledge, name="ticket_knowledge"),
    path("knowledge/text/<int:translation_id>/", context.text, name="ticket_article_text"),
    path("similar/", context.similar, name="ticket_similar"),
    path("suggested/", context.suggested, name="ticket_suggested"),
]
