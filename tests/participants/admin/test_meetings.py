"""Changing the number of places, as the waiting list sees it."""

import pytest

from participants.models import Participant


@pytest.fixture
def set_capacity(office, meeting):
    """Save the meeting's page with another number of places; returns the messages."""
    page = f"/admin/meetings/meeting/{meeting.pk}/change/"

    def act(number):
        adminform = office.get(page).context["adminform"]
        data = {field.html_name: field.value() for field in adminform.form if field.value() is not None and field.value() is not False}
        data |= {"capacity": number}
        for prefix in ("rooms", "date_changes", "reminder_settings"):
            data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
        for name in ("registration_opens_at", "registration_closes_at"):
            data[name] = data[name].strftime("%Y-%m-%dT%H:%M")
        return [str(message) for message in office.post(page, data, follow=True).context["messages"]][:-1]

    return act


@pytest.fixture
def full_meeting(meeting, person):
    """Two places, taken; two people wait."""
    meeting.capacity = 2
    meeting.save()
    person("Here")
    person("Here too")
    return person("First", waitlisted=True), person("Second", waitlisted=True)


def states(*people):
    return [Participant.objects.get(pk=one.pk).state for one in people]


def test_more_places_go_to_the_next_in_line(set_capacity, full_meeting):
    said = set_capacity(3)

    assert states(*full_meeting) == ["confirmed", "waitlisted"]
    assert said == ["1 person from the waiting list has a place now, and gets a mail."]


def test_no_limit_empties_the_waiting_list(set_capacity, full_meeting):
    said = set_capacity("")

    assert states(*full_meeting) == ["confirmed", "confirmed"]
    assert said == ["2 people from the waiting list have a place now, and get a mail."]


def test_more_places_are_offered_where_the_meeting_asks(set_capacity, full_meeting, meeting):
    meeting.offer_hours = 24
    meeting.save()

    said = set_capacity(4)

    assert states(*full_meeting) == ["waitlisted", "waitlisted"]
    assert [one.offers.get().answer for one in full_meeting] == ["", ""]
    assert said == ["Places are offered to 2 people from the waiting list, by mail."]


def test_the_page_says_how_many_places_are_empty_and_why(office, meeting):
    page = office.get(f"/admin/meetings/meeting/{meeting.pk}/change/")

    assert page.context["adminform"].model_admin.places_now(meeting) == "100. Nobody waits for one."
    assert "100. Nobody waits for one." in page.content.decode()


def test_more_places_without_a_waiting_list(set_capacity, meeting):
    assert set_capacity(200) == ["Nobody was called up from the waiting list."]


def test_fewer_places_take_nothing_from_anybody(set_capacity, full_meeting):
    said = set_capacity(1)

    assert Participant.objects.confirmed().count() == 2
    assert states(*full_meeting) == ["waitlisted", "waitlisted"]
    assert said == [
        "Nobody loses a place when you lower the number of places. "
        "2 people hold one or are offered one; new places are given only once there are fewer than 1."
    ]


def test_same_number_of_places_says_nothing(set_capacity, full_meeting):
    assert set_capacity(2) == []
