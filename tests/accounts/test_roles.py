"""The groups of staff have exactly the rights that accounts.roles gives them."""

import pytest
from django.contrib.auth.models import Group, Permission

from accounts.roles import ROLES, apply_roles

CAST = {
    "Secretariat": "secretariat",
    "Host liaison": "host_liaison",
    "Check-in desk": "desk",
    "Rapporteur": "rapporteur",
    "Visa letters": "visa_officer",
    "Auditor": "auditor",
}

# right: who has it, of the six roles; who writes letters for visas is of the secretariat too
MATRIX = {
    "meetings.change_meeting": {"Secretariat"},
    "meetings.change_session": {"Secretariat", "Rapporteur"},
    "participants.view_participant": {"Secretariat", "Host liaison", "Check-in desk", "Auditor"},
    "participants.change_participant": {"Secretariat"},
    "attendance.add_device": {"Secretariat"},
    "attendance.delete_device": set(),
    "attendance.use_desk": {"Secretariat", "Check-in desk"},
    "participants.delete_participant": set(),
    "participants.decide_participant": {"Secretariat"},
    "participants.export_participant": {"Secretariat", "Host liaison"},
    "participants.view_protected_identity": {"Secretariat"},
    "participants.view_needs": {"Secretariat"},
    "participants.view_journey": {"Secretariat", "Host liaison"},
    "participants.change_journey": {"Secretariat"},
    "participants.view_passport": {"Visa letters"},
    "participants.change_passport": {"Visa letters"},
    "participants.delete_passport": set(),
    "participants.view_exportrecord": {"Secretariat", "Auditor"},
    "participants.delete_exportrecord": set(),
    "participants.change_exportrecord": set(),
    "participants.view_reveal": {"Secretariat", "Auditor"},
    "participants.delete_reveal": set(),
    "correspondence.view_message": {"Secretariat", "Auditor"},
    "correspondence.delete_message": set(),
    "correspondence.change_messagetemplate": {"Secretariat"},
    "accounts.view_user": {"Secretariat", "Auditor"},
    "accounts.change_user": set(),
    "accounts.add_user": set(),
    "auth.change_group": set(),
    "privacy.view_retentionperiod": {"Secretariat", "Auditor"},
    "privacy.change_retentionperiod": {"Secretariat"},
    "privacy.view_purgerun": {"Secretariat", "Auditor"},
    "privacy.change_purgerun": set(),
    "privacy.view_erasure": {"Secretariat", "Auditor"},
    "privacy.erase_person": {"Secretariat"},
}


def test_every_role_is_in_the_cast():
    assert set(ROLES) == set(CAST)


@pytest.mark.parametrize("right", MATRIX)
def test_who_has_a_right(request, right):
    people = {role: request.getfixturevalue(name) for role, name in CAST.items()}

    expected = MATRIX[right] | ({"Visa letters"} if "Secretariat" in MATRIX[right] else set())
    assert {role for role, person in people.items() if person.has_perm(right)} == expected


@pytest.mark.parametrize("right", sorted({right for rights in ROLES.values() for right in rights}))
def test_every_right_that_is_given_exists(db, right):
    app, codename = right.split(".")

    assert Permission.objects.filter(content_type__app_label=app, codename=codename).count() == 1


def test_a_right_given_by_hand_is_taken_back_by_the_next_migration(db):
    desk = Group.objects.get(name="Check-in desk")
    desk.permissions.add(Permission.objects.get(codename="delete_participant"))

    apply_roles()

    assert sorted(f"{p.content_type.app_label}.{p.codename}" for p in desk.permissions.all()) == sorted(ROLES["Check-in desk"])


def test_other_groups_are_left_alone(db):
    own = Group.objects.create(name="Interns")
    own.permissions.add(Permission.objects.get(codename="view_meeting"))

    apply_roles()

    assert own.permissions.count() == 1


def test_nobody_signed_in_as_expert_has_any_right(expert):
    assert expert.get_all_permissions() == set()
