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
