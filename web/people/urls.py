from django.urls import path

from web.people import editing, merging, organizations, pages, standing, suggest

app_name = "people"

_PERSON = "<int:person_id>"
_COMPANY = "organizations/<int:organization_id>"

urlpatterns = [
    path("", pages.index, name="index"),
    path("suggest/", suggest.suggest, name="suggest"),
    path("suggest/tags/", suggest.tags, name="suggest_tags"),
    path("new/", pages.create, name="new"),
    path("organizations/", organizations.index, name="organizations"),
    path("organizations/new/", organizations.create, name="new_organization"),
    path("organizations/suggest/", organizations.suggest, name="suggest_organizations"),
    path(f"{_COMPANY}/", organizations.show, name="organization"),
    path(f"{_COMPANY}/edit/", organizations.edit, name="edit_organization"),
    path(f"{_COMPANY}/removal/", organizations.remove, name="remove_organization"),
    path(f"{_COMPANY}/people/", organizations.adopt, name="adopt"),
    path("merges/<int:merge_id>/undo/", merging.unmerge, name="unmerge"),
    path(f"{_PERSON}/", pages.show, name="person"),
    path(f"{_PERSON}/tickets/", pages.tickets, name="tickets"),
    path(f"{_PERSON}/timeline/", pages.timeline, name="timeline"),
    path(f"{_PERSON}/doubles/", pages.doubles, name="doubles"),
    path(f"{_PERSON}/merge/", merging.merge, name="merge"),
    path(f"{_PERSON}/suspension/", standing.suspend, name="suspend"),
    path(f"{_PERSON}/release/", standing.release, name="release"),
    path(f"{_PERSON}/properties/<slug:name>/", editing.edit, name="edit"),
    path(f"{_PERSON}/identities/<int:identity_id>/<slug:verb>/", editing.identity, name="identity"),
]
