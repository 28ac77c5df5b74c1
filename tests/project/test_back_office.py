"""Every page of the back office opens for an administrator and for nobody who is not staff."""

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import RequestFactory
from django.urls import reverse

from correspondence.tasks import deliver_message
from participants.models import Target
from tests import ledgers
from tests.factories import (
    BodyFactory,
    BookingFactory,
    CampaignFactory,
    CorrespondentFactory,
    InvitationFactory,
    MessageFactory,
    NominationFactory,
    RoomFactory,
    SessionFactory,
    UserFactory,
)

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
ids = [model._meta.label for model in MODELS]


def address(model: type[Model], page: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def rows(registration, protected_registration):
    """At least one row of what the back office shows."""
    RoomFactory(meeting=registration.meeting)
    SessionFactory(meeting=registration.meeting)
    MessageFactory()
    CampaignFactory()
    BodyFactory()
    CorrespondentFactory()
    InvitationFactory(to_person=True)
    NominationFactory()
    BookingFactory()
    ledgers.write_all(clerk=UserFactory(staff=True), person=registration, hidden=protected_registration)
    Target.objects.create(meeting=registration.meeting, dimension="gender", value="ms", share=40)
    deliver_message.enqueue(0)


@pytest.mark.parametrize("model", MODELS, ids=ids)
def test_list_opens_for_an_administrator(client_of, administrator, rows, model):
    response = client_of(administrator).get(address(model, "changelist"))

    assert response.status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=ids)
def test_form_for_a_new_row_opens_where_rows_may_be_added(client_of, administrator, rows, model):
    request = RequestFactory().get("/")
    request.user = administrator
    may_add = admin.site._registry[model].has_add_permission(request)

    response = client_of(administrator).get(address(model, "add"))

    assert response.status_code == (200 if may_add else 403)


@pytest.mark.parametrize("model", MODELS, ids=ids)
def test_form_of_a_row_opens_for_an_administrator(client_of, administrator, rows, model):
    row = model._default_manager.first()
    if row is None:
        pytest.fail(f"rows() makes no {model._meta.label}")  # or the page would never be opened here

    response = client_of(administrator).get(address(model, "change", row.pk), follow=True)

    assert response.status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=ids)
@pytest.mark.parametrize("page", ["changelist", "add"])
def test_pages_are_closed_to_visitors(client, db, model, page):
    response = client.get(address(model, page), follow=True)

    assert response.redirect_chain[-1][0].startswith("/accounts/login/?next=/admin/")


@pytest.mark.parametrize("model", MODELS, ids=ids)
@pytest.mark.parametrize("page", ["changelist", "add"])
def test_pages_are_closed_to_experts(client_of, expert, model, page):
    assert client_of(expert).get(address(model, page), follow=True).status_code == 403


@pytest.mark.parametrize("model", MODELS, ids=ids)
def test_search_finds_nothing_without_breaking(client_of, administrator, rows, model):
    response = client_of(administrator).get(address(model, "changelist"), {"q": "\u200bz'\"%_\\ " + "q" * 300})

    assert response.status_code < 500
