"""What stands until a moment, as the back office says it: on the list, on the page, among nominations and on the first page."""

import datetime as dt
from html import unescape

import pytest
import time_machine
from django.utils import timezone

from participants import services
from participants.promises import promises
from reports.dashboard import board_for
from tests.factories import InvitationFactory, NominationFactory, OfferFactory, ParticipantFactory
from tests.participants.admin.conftest import LIST

UNTIL = dt.datetime(2026, 7, 14, 15, 30, tzinfo=dt.UTC)
WORDS = "A place is offered until 14 July 2026, 17:30."


@pytest.fixture
def office(client_of, secretariat):
    return client_of(secretariat)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(dt.datetime(2026, 7, 13, 9, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def offered(meeting):
    """Somebody on the waiting list for whom a place is held."""

    def make(until=UNTIL, **fields):
        person = ParticipantFactory(meeting=meeting, waitlisted=True, **fields)
        OfferFactory(participant=person, offered_at=until - dt.timedelta(hours=48), lapses_at=until)
        return person

    return make


@pytest.fixture
def on_hold(meeting, secretariat):
    def make(until):
        person = ParticipantFactory(meeting=meeting, pending=True)
        services.hold(participant=person, by=secretariat, reason="Asked the ministry.", until=until)
        return person

    return make


def options(page):
    """How many people each option of the filter shows."""
    choice = next(one for one in page.context["cl"].choices if one.parameter == "promise")
    return {option.label: option.people for option in choice.options if option.label != "All"}


def test_the_list_says_for_whom_a_place_is_held(office, offered):
    offered(family_name="Orrin")

    assert WORDS in office.get(LIST).content.decode()


def test_the_list_can_show_only_those(office, offered, on_hold, meeting):
    held, late, overdue = offered(), offered(until=UNTIL - dt.timedelta(days=2)), on_hold(dt.date(2026, 7, 10))
    on_hold(dt.date(2026, 7, 20))
    ParticipantFactory(meeting=meeting, waitlisted=True)

    pages = {kind: office.get(LIST, {"promise": kind}) for kind in ("held", "late", "overdue")}

    assert {kind: [person.pk for person in page.context["cl"].result_list] for kind, page in pages.items()} == {
        "held": [held.pk],
        "late": [late.pk],
        "overdue": [overdue.pk],
    }
    assert options(office.get(LIST)) == {"A place is offered": 1, "Offer past its date": 1, "On hold past its date": 1}


def test_a_search_counts_the_same(office, offered):
    offered(family_name="Sought")
    offered(family_name="Other")

    assert options(office.get(LIST, {"q": "sought"})) == {"A place is offered": 1}


def test_whoever_sees_only_those_who_come_has_no_such_filter(client_of, desk, offered):
    offered()

    page = client_of(desk).get(LIST)

    assert [choice.parameter for choice in page.context["cl"].choices if choice.parameter == "promise"] == []


def test_the_page_of_the_person_begins_with_it(office, offered):
    assert office.get(f"{LIST}{offered().pk}/change/").context["sentence"] == WORDS


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (-0.1, "A place was offered until 13 July 2026, 10:54; it goes on to the next in line in a moment."),
        (-1, "The offer of a place ran out on 13 July 2026, 10:00 and was not closed yet."),
    ],
)
def test_an_offer_that_ran_out_says_so(offered, hours, words):
    person = offered(until=timezone.now() + dt.timedelta(hours=hours))

    assert promises(at=timezone.now())[person.pk].words == words


def test_the_list_of_nominations_says_it_too(office, offered, meeting):
    nomination = NominationFactory(invitation=InvitationFactory(meeting=meeting, sent=True))
    offered(nomination=nomination)

    assert WORDS in office.get("/admin/delegations/nomination/").content.decode()
    assert office.get(f"/admin/delegations/nomination/{nomination.pk}/change/").context["offer"] == WORDS


def test_the_first_page_names_them(offered, secretariat):
    person = offered(given_name="Maeve", family_name="Orrin")

    board = board_for(secretariat, slug="", at=timezone.now())

    assert board.held == [("Maeve Orrin (Ireland)", WORDS, f"{LIST}{person.pk}/change/")]
    assert board.empty_places[0] == "1 place is held for somebody to whom it is offered, until 14 July 2026, 17:30."


def test_somebody_protected_is_masked_on_each(office, offered, secretariat):
    person = offered(given_name="Livia", family_name="Canary", protected=True)

    pages = [office.get(address).content.decode() for address in (LIST, "/admin/", f"{LIST}{person.pk}/change/")]

    assert ["Expert K." in page for page in pages] == [True, True, True]
    assert ["Canary" in page for page in pages] == [False, False, False]


def test_what_is_past_its_date_is_urgent_on_the_first_page(office, offered, on_hold):
    offered(until=UNTIL - dt.timedelta(days=2))
    on_hold(dt.date(2026, 7, 10))

    decisions = [one for one in office.get("/admin/").context["board"].decisions if one.is_urgent]

    assert [(one.count, one.text) for one in decisions] == [
        (1, "registration on hold is past its date"),
        (1, "offer of a place is past its date and was not closed: is a worker running?"),
    ]
    assert [office.get(unescape(one.url)).context["cl"].result_count for one in decisions] == [1, 1]


def test_an_answer_in_time_ends_it(offered):
    person = offered()
    services.accept_offer(participant=person, by=person.user)

    assert promises(at=timezone.now()) == {}


def test_the_list_says_why_places_are_empty(office, offered):
    offered()

    reasons = office.get(LIST).context["cl"].empty_places

    assert reasons[0] == "1 place is held for somebody to whom it is offered, until 14 July 2026, 17:30."
    assert "Nobody waits for one." in reasons


@pytest.mark.parametrize("query", [{"meeting__id__exact": "all"}, {"meeting__id__exact": "past"}])
def test_but_not_of_all_meetings_nor_of_one_that_is_over(office, offered, past_meeting, query):
    offered()

    page = office.get(LIST, {key: past_meeting.pk if value == "past" else value for key, value in query.items()})

    assert page.context["cl"].empty_places == ()


def test_nor_to_whoever_sees_only_those_who_come(client_of, desk, offered):
    offered()

    assert client_of(desk).get(LIST).context["cl"].empty_places == ()
