"""Accounts in the back office."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.factories import UserFactory
from tests.filled import filled

USERS = "/admin/accounts/user/"


@pytest.fixture
def admin(client_of, administrator):
    return client_of(administrator)


@pytest.fixture
def office(client_of, secretariat):
    return client_of(secretariat)


def page_of(user):
    return f"{USERS}{user.pk}/change/"


def test_the_secretariat_sees_the_staff(office, secretariat, expert, rapporteur):
    assert set(office.get(USERS).context["cl"].result_list) == {secretariat, rapporteur}


def test_accounts_of_experts_are_on_no_page_of_the_secretariat(office, protected_expert):
    page = office.get(page_of(protected_expert), follow=True).content.decode()

    assert "canary" not in page.lower()


def test_an_administrator_sees_everybody(admin, administrator, expert, rapporteur):
    assert set(admin.get(USERS).context["cl"].result_list) == {administrator, expert, rapporteur}


def test_the_secretariat_gives_nobody_rights(office, secretariat):
    response = office.post(page_of(secretariat), {"email": secretariat.email, "is_superuser": "on"})

    assert response.status_code == 403
    assert not User.objects.get(pk=secretariat.pk).is_superuser


@pytest.mark.parametrize("path", ["add/", "{pk}/delete/", "{pk}/password/"])
def test_the_secretariat_adds_deletes_and_unlocks_nobody(office, rapporteur, path):
    assert office.post(USERS + path.format(pk=rapporteur.pk), {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=rapporteur.pk).exists()


def test_readers_see_nothing_of_a_password(office, rapporteur):
    page = office.get(page_of(rapporteur)).content.decode()

    assert "algorithm" not in page
    assert rapporteur.password not in page


def test_those_without_the_right_see_no_users(client_of, rapporteur):
    assert client_of(rapporteur).get(USERS).status_code == 403


def test_an_administrator_puts_somebody_in_a_group(admin, stranger):
    group = Group.objects.get(name="Rapporteur")
    form = filled(admin.get(page_of(stranger)), "user_form", is_staff="on", groups=[str(group.pk)])

    admin.post(page_of(stranger), form)

    changed = User.objects.get(pk=stranger.pk)
    assert (changed.is_staff, list(changed.groups.all())) == (True, [group])


def test_an_administrator_adds_a_member_of_staff(admin):
    typed = {"email": "New.Colleague@Secretariat.example", "password1": "a long new sentence", "password2": "a long new sentence"}

    admin.post(f"{USERS}add/", filled(admin.get(f"{USERS}add/"), "user_form", **typed))

    assert User.objects.filter(email="new.colleague@secretariat.example").exists()


def test_nobody_is_deleted(admin, stranger):
    assert admin.post(f"{USERS}{stranger.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_lost_second_factor_is_forgotten(admin, rapporteur, auditor):
    Authenticator.objects.create(user=rapporteur, type="totp", data={})

    chosen = {"action": "forget_second_factor", "_selected_action": [rapporteur.pk, auditor.pk]}
    response = admin.post(USERS, chosen, follow=True)

    assert [str(message) for message in response.context["messages"]] == ["Second factor of 1 person forgotten."]
    assert not Authenticator.objects.exists()


def test_the_secretariat_forgets_no_second_factor(office, rapporteur):
    Authenticator.objects.create(user=rapporteur, type="totp", data={})

    office.post(USERS, {"action": "forget_second_factor", "_selected_action": [rapporteur.pk]})

    assert Authenticator.objects.count() == 1


def test_the_list_asks_as_often_for_three_people_as_for_one(admin):
    UserFactory()
    admin.get(USERS)
    with CaptureQueriesContext(connection) as for_one:
        admin.get(USERS)
    for person in UserFactory.create_batch(2):
        person.groups.add(Group.objects.get(name="Auditor"))

    with CaptureQueriesContext(connection) as for_three:
        admin.get(USERS)

    assert len(for_three) == len(for_one)


# --- accounts of protected people ---

SECRETS = ("canary", "livia", "polizia")


@pytest.fixture
def livia(protected_expert):
    """Livia Canary's account, with her name in it."""
    protected_expert.name = "Livia Canary"
    protected_expert.save()
    return protected_expert


def secrets_in(response):
    page = response.content.decode().lower()
    return [secret for secret in SECRETS if secret in page]


@pytest.mark.parametrize("path", ["", "{pk}/change/", "{pk}/history/", "{pk}/password/", "{pk}/copy/"])
def test_no_page_of_an_administrator_shows_a_protected_address(admin, livia, path):
    address = "/admin/privacy/copy/account/{pk}/" if "copy" in path else USERS + path

    response = admin.get(address.format(pk=livia.pk), follow=True)

    assert secrets_in(response) == []
    assert f"Account {livia.pk}" in response.content.decode()


@pytest.mark.parametrize("query", ["q=canary", "q=polizia.example", "q=livia"])
def test_no_search_leads_to_a_protected_address(admin, livia, query):
    assert list(admin.get(f"{USERS}?{query}").context["cl"].result_list) == []


@pytest.mark.parametrize("query", ["email__startswith=livia", "name__startswith=L", "groups__user__email__startswith=livia"])
def test_addresses_are_not_guessed_letter_by_letter(admin, livia, query):
    assert admin.get(f"{USERS}?{query}").status_code == 400


def test_search_finds_everybody_else(admin, expert, livia):
    found = admin.get(f"{USERS}?q={expert.email}").context["cl"].result_list

    assert list(found) == [expert]


def test_protected_address_sorts_by_its_number(admin, administrator, livia):
    User.objects.filter(pk=administrator.pk).update(email="b@coe.example")

    assert list(admin.get(USERS).context["cl"].result_list) == [livia, administrator]


def test_saving_the_account_keeps_its_address(admin, livia):
    response = admin.post(page_of(livia), {"language": "fr", "is_active": "on"}, follow=True)

    after = User.objects.get(pk=livia.pk)
    assert (after.email, after.name, after.language) == (livia.email, livia.name, "fr")
    assert secrets_in(response) == []


def test_colleague_who_is_protected_stays_known(admin, livia):
    User.objects.filter(pk=livia.pk).update(is_staff=True)

    assert livia.email in admin.get(USERS).content.decode()
