"""Full-text search: what was just written is found, in every script, by nobody who may not."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from core.search_text import as_tsquery
from tests.factories import as_actor
from tickets.actions import keep_upload, update_ticket
from tickets.conditions import InvalidCondition
from tickets.drafts import CommentDraft, TicketChanges
from tickets.search.operators import read_query
from tickets.selectors.search import find_tickets, search_tickets


def found(text, person):
    return list(search_tickets(text, as_actor(person)))


def test_what_was_just_written_is_found(make_ticket, alice):
    ticket = make_ticket(subject="Broken teapot", body="The spout leaks.")
    assert found("teapot", alice) == [ticket]
    draft = CommentDraft(author_id=alice.pk, body="A replacement spoutlet is on its way.")
    update_ticket(actor=as_actor(alice), ticket_id=ticket.pk, comment=draft)
    assert found("spoutlet", alice) == [ticket]
    assert found("leaks spoutlet", alice) == [ticket]


def test_a_new_subject_and_tags_are_found_at_once(make_ticket, alice):
    ticket = make_ticket()
    changes = TicketChanges(subject="Xylophone", tags=("marimba",))
    update_ticket(actor=as_actor(alice), ticket_id=ticket.pk, changes=changes)
    assert found("xylophone", alice) == found("marimba", alice) == [ticket]


@pytest.mark.parametrize(
    ("body", "query"),
    [
        ("荷物がまだ届いていません", "届いて"),
        ("荷物がまだ届いていません", "荷物"),
        ("请尽快退款给我", "退款"),
        ("สินค้าเสียหาย", "เสียหาย"),
        ("환불해 주세요", "환불"),
        ("मेरा पार्सल नहीं मिला", "नहीं"),
        ("नमस्ते जी", "नमस्ते"),
        ("see https://shop.example/orders/4711?x=1", "4711"),
        ("see https://shop.example/orders/4711", "shop.example"),
        ("لم تصل الشحنة بعد", "الشحنة"),
        ("החבילה לא הגיעה", "החבילה"),
        ("Заказ не пришёл", "заказ"),
        ("Où est ma théière élégante ?", "theiere"),
        ("Die Tür klemmt", "TUR"),
        ("a naïve café", "naïve cafe"),
        ("Order AB-1234567 is late", "AB-1234567"),
        ("write to nora@shop.example", "nora@shop.example"),
        ("the teapots arrived", "teap"),
        ("broken glass lid here", '"glass lid"'),
        ("broken glass lid here", "lid broken"),
    ],
)
def test_it_finds_every_script_accents_prefixes_and_phrases(make_ticket, alice, body, query):
    ticket = make_ticket(subject="x", body=body)
    make_ticket(subject="another", body="unrelated words")
    assert found(query, alice) == [ticket]


@pytest.mark.parametrize("query", ['"lid glass"', "glass -lid", "teapot", "届", "", "   ", '""'])
def test_it_does_not_find_what_is_not_there(make_ticket, alice, query):
    make_ticket(body="broken glass lid here")
    assert found(query, alice) == []


def test_a_bare_number_finds_that_ticket(make_ticket, alice):
    ticket = make_ticket()
    assert found(f"#{ticket.pk}", alice) == found(str(ticket.pk), alice) == [ticket]


def test_a_match_in_the_subject_comes_first(make_ticket, alice):
    in_text = make_ticket(subject="Question", body="a kettle, maybe")
    in_subject = make_ticket(subject="Kettle", body="no words")
    make_ticket()
    assert found("kettle", alice) == [in_subject, in_text]


def test_internal_notes_are_found_by_staff_only(make_ticket, alice, lightly, carol):
    ticket = make_ticket()
    draft = CommentDraft(author_id=alice.pk, body="probably fraudulent", is_public=False)
    update_ticket(actor=as_actor(alice), ticket_id=ticket.pk, comment=draft)
    assert found("fraudulent", alice) == found("fraudulent", lightly) == [ticket]
    assert found("fraudulent", carol) == []


def test_a_customer_finds_their_own_tickets_only(make_ticket, carol, mallory):
    ticket = make_ticket(body="a secret teapot")
    assert found("teapot", carol) == [ticket]
    assert found("teapot", mallory) == []
    assert found(str(ticket.pk), mallory) == []


@pytest.mark.parametrize(
    "text",
    [
        "'", "''", "a' | 'b", "!!", "& |", "a:*b", "(", ")", "a <-> b", "\\", "%", "_", "--", ";",
        "'; DROP TABLE tickets_ticket; --", "a\x00b", "-", '-"', '"', "a" * 5_000, "\u202e", "💥",
        "'a':*A & !'b'", "$$", "{}", ":*", "<1>", "\ud800",
    ],
)  # fmt: skip
def test_no_text_breaks_the_query(make_ticket, alice, text):
    make_ticket()
    found(text, alice)
    list(find_tickets(read_query(text, as_actor(alice)), as_actor(alice)))


def test_words_in_a_query_are_always_quoted():
    assert as_tsquery("a' | !b -c") == "('a') & ('b') & !('c':*)"


# Operators


@pytest.fixture
def ask(alice):
    """Numbers of the tickets a query with operators finds for alice (or somebody else)."""

    def numbers(text, person=alice):
        actor = as_actor(person)
        return sorted(t.pk for t in find_tickets(read_query(text, actor), actor))

    return numbers


def test_operators_narrow_the_list(make_ticket, alice, bob, carol, dave, support, nordwind, ask):
    one = make_ticket(subject="Teapot", tags=("vip",), priority="high", assignee_id=alice.pk).pk
    two = make_ticket(subject="Kettle", requester=dave, tags=("late",), type="incident").pk
    done = make_ticket(status="solved", subject="Teapot again", cc_ids=(dave.pk,)).pk
    assert ask("type:ticket status<solved") == [one, two]
    assert ask("status:new status:solved") == [two, done]
    assert ask("-status:solved") == [one, two]
    assert ask("status>=solved") == [done]
    assert ask("priority>normal") == [one]
    assert ask("priority:none") == [two, done]
    assert ask("tags:vip") == [one]
    assert ask("tags:vip tags:late") == [one, two]
    assert ask("-tags:vip") == [two, done]
    assert ask("tags:none") == [done]
    assert ask(f"requester:{carol.email}") == [one, done]
    assert ask('requester:"Dave Coll"') == [two]
    assert ask("assignee:me") == [one]
    assert ask("assignee:none") == [two, done]
    assert ask(f"assignee:{alice.pk}") == [one]
    assert ask(f"cc:{dave.email}") == [done]
    assert ask("group:support") == [one]
    assert ask("organization:nordwind") == [one, two, done]
    assert ask("ticket_type:incident") == [two]
    assert ask("via:email teapot") == [one, done]
    assert ask("teapot status<solved") == [one]
    assert ask('subject:"teapot ag"') == [done]
    assert ask("created>1hour") == [one, two, done]
    assert ask("created<2001-01-01") == []
    assert ask("created>=2001-01-01 created<=2101-01-01") == [one, two, done]


def test_unknown_keywords_are_words_to_look_for(make_ticket, ask):
    ticket = make_ticket(body="see https://shop.example/error:42 now")
    assert ask("error:42") == [ticket.pk]
    assert ask("requester__password:x") == []


@pytest.mark.parametrize(
    "query", ["status:odd", "created>yesterday", "priority<odd", "created:99999-01-01", "type:odd"]
)
def test_a_value_its_keyword_cannot_have_is_refused(ask, query):
    with pytest.raises(InvalidCondition):
        ask(query)


def test_customers_search_by_nothing_internal(make_ticket, carol, alice, ask):
    ticket = make_ticket(tags=("fraud",), assignee_id=alice.pk)
    assert ask("status<solved", carol) == [ticket.pk]
    assert ask("tags:fraud", carol) == []
    assert ask(f"assignee:{alice.email}", carol) == []


def test_a_ticket_is_found_by_the_names_of_its_files(make_ticket, alice, carol):
    ticket = make_ticket()
    file = ContentFile(b"%PDF")
    upload = keep_upload(actor=as_actor(alice), file=file, filename="invoice-october_2026.pdf")
    note = CommentDraft(author_id=alice.pk, body="see", upload_ids=(upload.pk,), is_public=False)
    update_ticket(actor=as_actor(alice), ticket_id=ticket.pk, comment=note)
    for words in ("october", "invoice-october_2026.pdf", "invoice 2026"):
        assert found(words, alice) == [ticket]
        assert found(words, carol) == []
