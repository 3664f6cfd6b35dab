from django.urls import include, path

from web.composer import completions, drafts, lengths, meanwhile, templates

app_name = "composer"

_of_any = [
    path("draft/", drafts.draft, name="draft"),
    path("people/", completions.people, name="people"),
    path("placeholders/", completions.placeholders, name="placeholders"),
]

urlpatterns = [
    path("new/composer/", include(_of_any)),
    path("<int:number>/composer/", include(_of_any)),
    path("<int:number>/composer/draft/<str:place>/", drafts.draft, name="draft_at"),
    path("<int:number>/composer/length/", lengths.length, name="length"),
    path("<int:number>/composer/templates/", templates.templates, name="templates"),
    path("<int:number>/composer/meanwhile/", meanwhile.meanwhile, name="meanwhile"),
]
