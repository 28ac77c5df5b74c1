"""Countries, organisations and regions in the back office."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from delegations.models import Body, Correspondent, Country
from tests.factories import BodyFactory, CorrespondentFactory, CountryFactory
from tests.filled import filled

COUNTRIES, BODIES, REGIONS = "/admin/delegations/country/", "/admin/delegations/body/", "/admin/delegations/region/"


@pytest.fixture
def office(client_of, secretariat):
    return client_of(secretariat)


@pytest.fixture
def atlantis(db):
    """A member from 1990 on, called Mu until the end of 2000."""
    country = CountryFactory(code="XA", name_en="Atlantis", name_fr="Atlantide")
    country.statuses.create(status="member", starts_on=dt.date(1990, 1, 1))
    country.former_names.create(name_en="Mu", name_fr="Le Mu", ends_on=dt.date(2000, 12, 31))
    return country


def shown(browser, query):
    return [str(row) for row in browser.get(f"{COUNTRIES}?{query}").context["cl"].result_list]


def save(browser, country, **changes):
    address = f"{COUNTRIES}{country.pk}/change/"
    return browser.post(address, filled(browser.get(address), "country_form", **changes), follow=True)


def periods(country):
    return list(country.statuses.order_by("starts_on").values_list("status", "starts_on", "ends_on"))


@pytest.mark.parametrize("path", [COUNTRIES, f"{COUNTRIES}add/", BODIES, f"{BODIES}add/", REGIONS, f"{REGIONS}add/"])
def test_pages_open_for_the_secretariat(office, path):
    assert office.get(path).status_code == 200


@pytest.mark.parametrize("path", [f"{COUNTRIES}add/", f"{BODIES}add/", f"{REGIONS}add/"])
def test_readers_add_nothing(client_of, rapporteur, path):
    assert client_of(rapporteur).get(path).status_code == 403


@pytest.mark.parametrize("words", ["Atlantis", "atlantide", "Le Mu", "xa"])
def test_a_country_is_found_by_any_of_its_names_and_its_code(office, atlantis, words):
    assert shown(office, f"q={words}") == ["Atlantis"]


def test_the_list_shows_the_status_of_today(office, atlantis):
    row = office.get(f"{COUNTRIES}?q=Atlantis").content.decode()

    assert '<td class="field-status_today">Member</td>' in row


def test_status_today_filters_members(office, atlantis):
    assert "Atlantis" in shown(office, "status=member")
    assert len(shown(office, "status=member")) == Country.objects.members(timezone.localdate()).count()


def test_status_none_is_every_country_without_one(office, atlantis):
    no_status = [str(country) for country in Country.objects.all() if country.status_on(timezone.localdate()) == "none"]

    assert sorted(shown(office, "status=none")) == sorted(no_status)


def test_an_unknown_status_filters_nothing(office, atlantis):
    assert len(shown(office, "status=emperor")) == Country.objects.count()


def test_regions_filter(office, atlantis):
    africa = Country.objects.filter(regions__code="africa")
    region = africa.first().regions.get(code="africa")

    assert len(shown(office, f"regions__id__exact={region.pk}")) == africa.count()


def test_a_country_saved_as_it_stands_is_unchanged(office, atlantis):
    before = periods(atlantis)

    save(office, atlantis)

    assert periods(atlantis) == before


def test_a_status_is_ended_and_followed_by_another_in_one_save(office, atlantis):
    changes = {"statuses-0-ends_on": "2025-12-31", "statuses-1-status": "former", "statuses-1-starts_on": "2026-01-01"}

    save(office, atlantis, **changes)

    assert periods(atlantis) == [
        ("member", dt.date(1990, 1, 1), dt.date(2025, 12, 31)),
        ("former", dt.date(2026, 1, 1), None),
    ]


def test_two_periods_that_share_a_day_are_refused(office, atlantis):
    changes = {"statuses-0-ends_on": "2026-01-01", "statuses-1-status": "former", "statuses-1-starts_on": "2026-01-01"}

    response = save(office, atlantis, **changes)

    statuses = response.context["inline_admin_formsets"][0].formset
    assert statuses.non_form_errors() == ["Two periods share a day. A country has one status on any day."]
    assert periods(atlantis) == [("member", dt.date(1990, 1, 1), None)]


def test_a_period_may_take_the_place_of_a_deleted_one(office, atlantis):
    changes = {"statuses-0-DELETE": "on", "statuses-1-status": "observer", "statuses-1-starts_on": "1995-01-01"}

    save(office, atlantis, **changes)

    assert periods(atlantis) == [("observer", dt.date(1995, 1, 1), None)]


def test_a_period_that_ends_before_it_starts_is_an_error(office, atlantis):
    response = save(office, atlantis, **{"statuses-0-ends_on": "1989-01-01"})

    statuses = response.context["inline_admin_formsets"][0].formset
    assert statuses.errors[0] == {"__all__": ["The period ends before it starts."]}


def test_organisations_are_filtered_by_whether_their_name_is_in_use(office):
    BodyFactory(code="old-body", name_en="League of Example", starts_on=None, ends_on=dt.date(1946, 4, 18))

    gone = office.get(f"{BODIES}?in_use=no").context["cl"].result_list
    today = office.get(f"{BODIES}?in_use=yes").context["cl"].result_count

    assert "League of Example" in [body.name_en for body in gone]
    assert today == Body.objects.existing(timezone.localdate()).count()


def test_the_list_asks_as_often_for_three_countries_as_for_one(office, atlantis):
    office.get(f"{COUNTRIES}?q=Atlantis")
    with CaptureQueriesContext(connection) as for_one:
        office.get(f"{COUNTRIES}?q=Atlantis")
    for code in ("XB", "XC"):
        CountryFactory(code=code, name_en=f"Atlantis {code}", member=True)

    with CaptureQueriesContext(connection) as for_three:
        office.get(f"{COUNTRIES}?q=Atlantis")

    assert len(for_three) == len(for_one)


CORRESPONDENTS = "/admin/delegations/correspondent/"


def appointment(**changes):
    return {"email": "pc@ieo.example", "name": "Nora Berg", "language": "en", "country": "", "body": "", **changes}


def test_somebody_is_named_correspondent_of_an_organisation(office):
    body = BodyFactory(contact_email="pc@ieo.example", contact_name="Nora Berg", contact_language="fr")
    address = f"{CORRESPONDENTS}add/?body={body.pk}"
    initial = office.get(address).context["adminform"].form.initial

    office.post(address, appointment(body=body.pk))

    assert (initial["email"], initial["name"], initial["language"]) == ("pc@ieo.example", "Nora Berg", "fr")
    made = Correspondent.objects.get()
    assert (made.body, made.country, made.user.email) == (body, None, "pc@ieo.example")
    assert office.get(f"{CORRESPONDENTS}{made.pk}/change/").status_code == 200


@pytest.mark.parametrize("both", [True, False])
def test_a_correspondent_speaks_for_exactly_one_delegation(office, both):
    rows = {"country": CountryFactory(code="IE").pk, "body": BodyFactory().pk} if both else {}

    response = office.post(f"{CORRESPONDENTS}add/", appointment(**rows))

    assert Correspondent.objects.count() == 0
    assert "one of the two" in str(response.context["adminform"].form.non_field_errors())


@pytest.mark.parametrize(("asked", "found"), [("speaks_for=body", "body"), ("speaks_for=country", "country"), ("q=IEO", "body")])
def test_correspondents_are_found_by_what_they_speak_for(office, asked, found):
    rows = {"country": CorrespondentFactory(), "body": CorrespondentFactory(of_body=True)}

    assert list(office.get(f"{CORRESPONDENTS}?{asked}").context["cl"].result_list) == [rows[found]]
