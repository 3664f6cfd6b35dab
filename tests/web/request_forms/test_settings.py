"""The settings of request forms, and colours that can be read."""

from __future__ import annotations

import pytest

from channels_in.actions.request_forms import RequestFormDraft, clean_sites, save_request_form
from channels_in.models import RequestForm
from tests.factories import as_actor
from tests.web.request_forms.conftest import Visitor
from tickets.errors import InvalidChange, NotPermitted
from web.admin.colors import contrast
from web.request_forms.accents import readable

pytestmark = pytest.mark.django_db

NEW = {"title": "Contact", "slug": "contact", "difficulty": "17", "takes_files": "on",
       "sites": "https://shop.example\nhttps://*.shop.example", "color": "#17413A"}  # fmt: skip


def test_a_form_is_made_changed_switched_off_and_removed(browser_of, admin):
    browser = browser_of(admin)
    assert browser.post("/admin/request-forms/new/", NEW).status_code == 302
    form = RequestForm.objects.get()
    assert (form.sites, form.account.brand_color) == (
        ["https://shop.example", "https://*.shop.example"], "#17413a",
    )  # fmt: skip
    path = f"/admin/request-forms/{form.pk}/"
    page = browser.get(path).content.decode()
    assert "request/embed.js&quot; data-form=&quot;contact&quot; async" in page
    assert "Contact" in browser.get("/admin/request-forms/").content.decode()
    refused = browser.post(path, {**NEW, "sites": "javascript:alert(1)"})
    assert refused.status_code == 422
    assert "javascript:alert(1)" in refused.content.decode()
    browser.post(f"{path}activation/", {"active": "0"})
    assert browser.get("/request/contact/").status_code == 404
    browser.post(f"{path}removal/")
    assert not RequestForm.objects.exists()


def test_a_form_that_was_used_stays(browser_of, admin, contact):
    Visitor().send()
    browser_of(admin).post(f"/admin/request-forms/{contact.pk}/removal/")
    assert RequestForm.objects.exists()


def test_two_forms_have_two_addresses_and_only_admins_make_them(admin, alice, contact):
    with pytest.raises(InvalidChange) as refused:
        save_request_form(actor=as_actor(admin), draft=RequestFormDraft("Other", "contact"))
    assert refused.value.field == "slug"
    with pytest.raises(NotPermitted):
        save_request_form(actor=as_actor(alice), draft=RequestFormDraft("Other", "other"))


@pytest.mark.parametrize(
    "site",
    ["shop.example", "https://shop.example/path", "https://", "https://a;script-src *",
     "https://a b", "data:text/html", "'self'", "https://*", "*"],
)  # fmt: skip
def test_what_is_no_site_is_refused(site):
    with pytest.raises(InvalidChange):
        clean_sites([site])


@pytest.mark.parametrize(
    "color", ["#ffdd00", "#000000", "#ffffff", "#17413a", "#ff0000", "#777777"]
)
@pytest.mark.parametrize("paper", ["#ffffff", "#191a1d"])
def test_every_colour_is_made_readable(color, paper):
    assert contrast(readable(color, paper), paper) >= 4.5
