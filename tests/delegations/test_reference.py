import datetime as dt
from itertools import combinations

import pytest

from delegations.models import Body, Country, CountryStatus, Region
from delegations.reference import load_bodies, load_countries, sort_key
from participants.models import Sector
from participants.reference import load_sectors

DUBLIN = dt.date(2017, 12, 12)
TODAY = dt.date(2026, 1, 1)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "members"),
    [
        (dt.date(2016, 12, 31), 38),
        (dt.date(2017, 1, 1), 39),
        (DUBLIN, 39),
        (dt.date(2019, 12, 31), 39),
        (dt.date(2020, 1, 1), 40),
        (dt.date(2020, 5, 1), 41),
        (dt.date(2022, 1, 31), 42),
        (dt.date(2022, 3, 23), 41),
        (TODAY, 41),
    ],
)
def test_as_many_members_as_the_group_announced(day, members):
    assert Country.objects.members(day).count() == members


def test_members_joined_and_left_between_dublin_and_today():
    then = set(Country.objects.members(DUBLIN).values_list("code", flat=True))
    now = set(Country.objects.members(TODAY).values_list("code", flat=True))

    assert now - then == {"AM", "GE", "UA"}
    assert then - now == {"RU"}


def test_russia_is_a_former_member_from_the_day_it_was_out():
    russia = Country.objects.get(code="RU")

    assert russia.status_on(dt.date(2022, 3, 22)) == "member"
    assert russia.status_on(dt.date(2022, 3, 23)) == "former"


def test_every_council_of_europe_state_is_a_member_of_the_group_or_not():
    members = Country.objects.members(TODAY).filter(regions__code="europe").count()
    others = Country.objects.with_status("coe_non_member", TODAY).count()

    assert (members, others) == (38, 8)


def test_no_country_has_two_statuses_on_one_day():
    periods = CountryStatus.objects.select_related("country")

    clashes = [(a, b) for a, b in combinations(periods, 2) if a.country_id == b.country_id and a.overlaps(b)]

    assert clashes == []


def test_the_reference_data_passes_the_checks_of_the_admin():
    for row in [*Country.objects.all(), *CountryStatus.objects.all(), *Body.objects.all(), *Sector.objects.all()]:
        row.full_clean()


def test_an_expert_from_anywhere_finds_their_country():
    assert Country.objects.count() == 250
    assert Country.objects.get(code="KR").status_on(TODAY) == "none"


@pytest.mark.parametrize("model", [Country, Region, Body, Sector])
def test_every_row_has_a_name_in_both_languages(model):
    assert not model.objects.filter(name_en="").exists()
    assert not model.objects.filter(name_fr="").exists()


def test_french_list_starts_with_albania_and_germany():
    european = Country.objects.filter(code__in=["DE", "AL", "AD", "AT", "ZA", "AF"])

    names = [country.name_fr for country in european.in_alphabetical_order("fr")]

    assert names == ["Afghanistan", "Afrique du Sud", "Albanie", "Allemagne", "Andorre", "Autriche"]


def test_accents_and_stars_do_not_count_in_the_order():
    some = Country.objects.filter(code__in=["EG", "EE", "US", "ES", "FI", "PK", "PS", "PT", "MD", "SK", "RO"])

    names = [country.name_fr for country in some.in_alphabetical_order("fr")]

    assert names == [
        "Égypte",
        "Espagne",
        "Estonie",
        "États-Unis d’Amérique",
        "Finlande",
        "Pakistan",
        "Palestine*",
        "Portugal",
        "République de Moldova",
        "République slovaque",
        "Roumanie",
    ]


def test_english_list_has_moldova_under_r_and_turkey_under_t():
    some = Country.objects.filter(code__in=["MD", "PT", "RO", "SK", "SI", "TR", "CZ", "CY", "AX"])

    codes = [country.code for country in some.in_alphabetical_order("en")]

    assert codes == ["AX", "CY", "CZ", "PT", "MD", "RO", "SK", "SI", "TR"]


def test_sort_keys_are_plain_letters_and_spaces():
    assert sort_key("Géorgie du Sud-et-les îles Sandwich du Sud") == "georgie du sud et les iles sandwich du sud"
    assert sort_key("Côte d’Ivoire") == "cote d ivoire"
    assert sort_key("Kosovo*") == "kosovo"


@pytest.mark.parametrize(
    ("code", "english", "french"),
    [
        ("TR", "Turkey", "Turquie"),
        ("CZ", "Czech Republic", "République tchèque"),
        ("MK", "The former Yugoslav Republic of Macedonia", "L’ex-République yougoslave de Macédoine"),
        ("IE", "Ireland", "Irlande"),
    ],
)
def test_countries_are_named_as_they_were_at_dublin(code, english, french):
    country = Country.objects.get(code=code)

    assert (country.name_on(DUBLIN, "en"), country.name_on(DUBLIN, "fr")) == (english, french)


@pytest.mark.parametrize(("code", "english"), [("TR", "Türkiye"), ("CZ", "Czechia"), ("MK", "North Macedonia")])
def test_countries_have_their_new_names_today(code, english):
    assert Country.objects.get(code=code).name_on(TODAY, "en") == english


@pytest.mark.parametrize(
    ("code", "tags"),
    [("MA", ["africa", "mediterranean", "mednet"]), ("FR", ["europe", "mediterranean", "mednet"]), ("MX", ["americas"]), ("AQ", [])],
)
def test_a_country_carries_several_regions(code, tags):
    assert sorted(Country.objects.get(code=code).regions.values_list("code", flat=True)) == tags


def test_mednet_has_seventeen_states():
    assert Region.objects.get(code="mednet").countries.count() == 17


def test_only_names_with_a_star_have_a_footnote():
    starred = set(Country.objects.filter(name_en__endswith="*").values_list("code", flat=True))
    noted = set(Country.objects.exclude(footnote_en="").exclude(footnote_fr="").values_list("code", flat=True))

    assert starred == noted == {"PS", "XK"}


def test_the_drugs_agency_has_the_name_of_the_day():
    agencies = Body.objects.filter(code__in=["EMCDDA", "EUDA"])

    assert [body.acronym_fr for body in agencies.existing(DUBLIN)] == ["OEDT"]
    assert [body.acronym_fr for body in agencies.existing(dt.date(2024, 7, 1))] == ["OEDT"]
    assert [body.acronym_fr for body in agencies.existing(dt.date(2024, 7, 2))] == ["EUDA"]


def test_sectors_belong_to_their_families():
    assert list(Sector.objects.values_list("code", "family")) == [
        ("police", "law_enforcement"),
        ("customs", "law_enforcement"),
        ("border", "law_enforcement"),
        ("prosecutor", "judiciary"),
        ("judge", "judiciary"),
        ("it", "technical"),
        ("postal", "postal"),
        ("industry", "private"),
        ("academia", "academia"),
        ("international", "international"),
        ("other", "public"),
    ]


def test_loading_again_leaves_what_the_secretariat_edited():
    Country.objects.filter(code="IE").update(name_en="Ireland (edited)")
    CountryStatus.objects.filter(country__code="IE").delete()
    Body.objects.filter(code="UPU").update(note="edited")
    Sector.objects.filter(code="it").update(name_en="Forensics")
    counts = [model.objects.count() for model in (Country, CountryStatus, Body, Sector)]

    load_countries()
    load_bodies()
    load_sectors()

    assert [model.objects.count() for model in (Country, CountryStatus, Body, Sector)] == counts
    assert Country.objects.get(code="IE").name_en == "Ireland (edited)"
    assert Body.objects.get(code="UPU").note == "edited"
    assert Sector.objects.get(code="it").name_en == "Forensics"


def test_loading_brings_back_what_was_emptied():
    Country.objects.filter(code="IE").delete()

    load_countries()

    ireland = Country.objects.get(code="IE")
    assert ireland.status_on(DUBLIN) == "member"
    assert [region.code for region in ireland.regions.all()] == ["europe"]
