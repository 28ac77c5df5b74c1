"""The one way to show who somebody is."""

from dataclasses import asdict

import pytest
from django.contrib.auth.models import Permission
from django.utils.translation import override

from participants.faces import PUBLIC, Sight, face_of, sight_of
from tests.factories import ParticipantFactory, UserFactory

CANARIES = ["Livia", "Canary", "livia.canary@polizia.example", "+39 06 555 0199", "Undercover", "Special operations"]


@pytest.fixture
def confidant(db):
    """Somebody with the permission to see protected names."""
    user = UserFactory(staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_protected_identity"))
    return user


def shown(face):
    return " ".join(str(value) for value in asdict(face).values())


def test_most_people_are_shown_to_everybody(registration):
    face = registration.face_for(None)

    assert (face.name, face.email, face.function, face.is_masked) == (
        "Maeve Orrin",
        "maeve.orrin@garda.example",
        "Detective Inspector",
        False,
    )


@pytest.mark.parametrize("viewer", ["expert", "stranger", "desk", "host_liaison", "rapporteur", "auditor", "secretariat", "administrator"])
def test_a_protected_person_is_a_mask_to_everybody_else(request, protected_registration, viewer):
    face = protected_registration.face_for(request.getfixturevalue(viewer))

    assert face.is_masked
    assert face.name == "Expert K."
    assert [canary for canary in CANARIES if canary in shown(face)] == []


@pytest.mark.parametrize("viewer", [None, "AnonymousUser", 7])
def test_whoever_is_no_user_is_the_public(protected_registration, viewer):
    assert sight_of(viewer) == PUBLIC
    assert protected_registration.face_for(viewer).is_masked


def test_a_protected_person_sees_themself(protected_registration, protected_expert):
    assert protected_registration.face_for(protected_expert).name == "Livia Canary"


def test_the_permission_alone_shows_nothing(protected_registration, confidant):
    assert protected_registration.face_for(confidant).is_masked


def test_a_recorded_look_shows_the_name_to_whoever_has_the_permission(protected_registration, confidant):
    assert protected_registration.face_for(confidant, revealed=[protected_registration.pk]).name == "Livia Canary"


def test_a_recorded_look_shows_one_person(protected_registration, confidant):
    other = ParticipantFactory(meeting=protected_registration.meeting, protected=True)

    assert other.face_for(confidant, revealed=[protected_registration.pk]).is_masked


def test_a_recorded_look_without_the_permission_shows_nothing(protected_registration, host_liaison):
    assert protected_registration.face_for(host_liaison, revealed=[protected_registration.pk]).is_masked


def test_a_permission_of_somebody_switched_off_is_none(protected_registration, confidant):
    confidant.is_active = False

    assert protected_registration.face_for(confidant, revealed=[protected_registration.pk]).is_masked


def test_somebody_without_account_is_not_the_anonymous_viewer(db):
    unlinked = ParticipantFactory(protected=True, user=None)

    assert face_of(unlinked, Sight(user_id=None)).is_masked


def test_a_sight_of_everything_is_given_on_purpose_only(protected_registration):
    assert face_of(protected_registration, Sight(sees_protected=True)).name == "Livia Canary"


@pytest.mark.parametrize(("language", "name"), [("en", "Representative"), ("fr", "Représentant")])
def test_without_alias_the_mask_is_a_representative(db, language, name):
    unnamed = ParticipantFactory.build(protected=True, alias="", user=None)

    with override(language):
        assert unnamed.face_for(None).name.startswith(name)


@pytest.mark.parametrize(
    ("salutation", "language", "name"),
    [("ms", "en", "Ms Maeve ORRIN"), ("mr", "en", "Mr Maeve ORRIN"), ("", "en", "Maeve ORRIN"), ("ms", "fr", "Mme Maeve ORRIN")],
)
def test_lists_print_the_family_name_in_capitals(registration, salutation, language, name):
    registration.salutation = salutation

    with override(language):
        assert registration.face_for(None).formal_name == name


def test_a_mask_has_no_formal_name_either(protected_registration):
    assert protected_registration.face_for(None).formal_name == "Expert K."


def test_somebody_may_have_one_name_only(db):
    assert ParticipantFactory.build(given_name="", family_name="Sukarno", user=None).face_for(None).name == "Sukarno"


def test_the_text_of_a_row_names_nobody(protected_registration):
    """It ends up in logs, in the admin's trail and in confirmation pages."""
    assert str(protected_registration) == protected_registration.reference
