"""The frame of the back office and its first page."""

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.factories import MeetingFactory, SessionFactory


@pytest.fixture
def office(client_of, secretariat):
    return client_of(secretariat)


def menu(response):
    return [str(item["name"]) for item in response.context["menu"]]


@pytest.mark.parametrize("person", ["secretariat", "host_liaison", "desk", "rapporteur", "auditor", "administrator"])
@pytest.mark.parametrize("path", ["/admin/", "/fr/admin/"])
def test_the_first_page_opens_for_every_member_of_staff(client_of, request, meeting, person, path):
    assert client_of(request.getfixturevalue(person)).get(path).status_code == 200


def test_the_first_page_is_closed_to_visitors(client, db):
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/accounts/login/?next=/admin/")


def test_the_first_page_is_closed_to_experts(client_of, expert):
    assert client_of(expert).get("/admin/", follow=True).status_code == 403


def test_the_first_page_opens_before_there_is_a_meeting(office, db):
    assert "Add the first meeting" in office.get("/admin/").content.decode()


@pytest.mark.parametrize("slug", ["", "dublin-2017", "atlantis-1999", "\x00", "'--", "²"])
def test_any_choice_of_meeting_opens(office, meeting, past_meeting, slug):
    assert office.get("/admin/", {"meeting": slug}).status_code == 200


def test_the_chosen_meeting_is_shown(office, meeting, past_meeting):
    page = office.get("/admin/?meeting=dublin-2017").content.decode()

    assert '<option value="dublin-2017" selected>Dublin 2017</option>' in page


def test_a_title_in_the_other_language_is_marked(office):
    meeting = MeetingFactory(title_fr="")
    SessionFactory(meeting=meeting)

    assert f'<span lang="en">{meeting.title_en}</span>' in office.get("/fr/admin/").content.decode()


def test_the_menu_has_what_the_user_may_open(client_of, secretariat, rapporteur, desk):
    assert menu(client_of(secretariat).get("/admin/")) == [
        "Participants",
        "Invitations",
        "Meetings",
        "Sessions",
        "Messages (outbox)",
    ]
    assert menu(client_of(rapporteur).get("/admin/")) == ["Meetings", "Sessions"]
    assert menu(client_of(desk).get("/admin/")) == ["Participants", "Meetings"]


def test_the_menu_says_where_the_page_is(office, meeting):
    response = office.get("/admin/meetings/meeting/")

    assert [str(item["name"]) for item in response.context["menu"] if item["is_here"]] == ["Meetings"]


def test_apps_are_in_the_order_of_the_work(office, meeting):
    apps = [app["app_label"] for app in office.get("/admin/").context["app_list"]]

    assert apps == ["participants", "meetings", "attendance", "correspondence", "delegations", "privacy", "accounts"]


def test_groups_and_tables_of_libraries_are_left_out():
    apps = {model._meta.app_label for model in admin.site._registry}

    assert apps == {"participants", "meetings", "attendance", "correspondence", "delegations", "privacy", "accounts"}


@pytest.mark.parametrize("label", ["auth/group", "account/emailaddress", "mfa/authenticator", "django_tasks_database/dbtaskresult"])
def test_pages_of_libraries_do_not_exist(client_of, administrator, label):
    assert client_of(administrator).get(f"/admin/{label}/").status_code == 404


@pytest.mark.parametrize(("here", "there", "language", "name"), [("", "/fr", "fr", "Français"), ("/fr", "", "en", "English")])
def test_every_page_links_its_twin(office, meeting, here, there, language, name):
    twin = f"{there}/admin/meetings/meeting/"

    html = office.get(f"{here}/admin/meetings/meeting/").content.decode()

    assert f'<a href="{twin}" id="language-link" data-twin="{twin}" hreflang="{language}" lang="{language}">{name}</a>' in html


def test_signing_out_ends_the_session(office, meeting):
    assert 'action="/accounts/logout/"' in office.get("/admin/").content.decode()

    office.post("/accounts/logout/")

    assert office.get("/admin/").status_code == 302


def test_the_demo_says_so_on_every_page(office, meeting, settings):
    settings.DEMO, settings.ROOT_URLCONF = True, "tests.pompidou.demo_urls"

    assert "every person and figure here is invented" in office.get("/admin/meetings/meeting/").content.decode()


@pytest.mark.parametrize("path", ["/admin/", "/admin/meetings/", "/admin/meetings/meeting/", "/admin/meetings/meeting/add/"])
def test_pages_carry_nothing_inline(office, meeting, path):
    page = office.get(path).content.decode()

    assert [found for found in ("<style", " style=", "<script>", "onclick=", "javascript:") if found in page] == []


@pytest.mark.parametrize("path", ["/admin/", "/admin/meetings/meeting/", "/admin/correspondence/message/"])
def test_one_strict_policy_for_all_pages(office, meeting, path):
    policy = office.get(path).headers["Content-Security-Policy"]

    assert "unsafe" not in policy


def test_the_page_of_one_app_lists_its_models_and_no_dashboard(office, meeting):
    response = office.get("/admin/meetings/")

    assert "board" not in response.context
    assert reverse("admin:meetings_session_changelist") in response.content.decode()
