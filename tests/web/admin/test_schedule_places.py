"""Business hours with the public holidays of a country, through their page."""

from __future__ import annotations

from tickets.models import Schedule


def test_the_page_offers_places_and_shows_what_comes(chief):
    form = {"name": "Office", "time_zone": "Europe/Berlin", "start-1": "09:00", "end-1": "17:00",
            "place": "Germany: Bayern"}  # fmt: skip
    chief.post("/admin/schedules/new/", form)
    schedule = Schedule.objects.get(name="Office")
    page = chief.get(f"/admin/schedules/{schedule.pk}/").content.decode()
    assert 'value="Germany: Bayern"' in page
    assert page.count('class="coming"') == 5
    listed = chief.get("/admin/schedules/").content.decode()
    assert "public holidays of Germany: Bayern" in listed
    refused = chief.post("/admin/schedules/new/", {**form, "name": "B", "place": "Atlantis"})
    assert refused.status_code == 422
    assert "of the list" in refused.content.decode()
