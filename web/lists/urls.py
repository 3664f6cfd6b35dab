from django.urls import path

from web.lists import density, exporting, people, playing, preview

urlpatterns = [
    path("views/density/", density.choose, name="list_density"),
    path("views/<int:view_id>/export/", exporting.export, name="export_view"),
    path("views/<int:view_id>/ids/", exporting.ids, name="view_ids"),
    path("views/<int:view_id>/play/", playing.serve, name="serve_next"),
    path("tickets/<int:number>/play/", playing.bar, name="play_bar"),
    path("tickets/<int:number>/play/hold/", playing.hold, name="hold_served"),
    path("people/faces/", people.faces, name="faces"),
    path("tickets/<int:number>/takeover/", people.takeover, name="takeover"),
    path("tickets/<int:number>/preview/", preview.show, name="ticket_preview"),
]
