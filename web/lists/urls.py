from django.urls import path

from web.lists import density, exporting, preview

urlpatterns = [
    path("views/density/", density.choose, name="list_density"),
    path("views/<int:view_id>/export/", exporting.export, name="export_view"),
    path("views/<int:view_id>/ids/", exporting.ids, name="view_ids"),
    path("tickets/<int:number>/preview/", preview.show, name="ticket_preview"),
]
