"""The ledgers are read by some and written by nobody."""

import pytest

from participants.models import ExportRecord, Reveal
from tests.factories import UserFactory


@pytest.fixture
def lines(protected_registration):
    """One line in each ledger."""
    clerk = UserFactory(staff=True)
    return {
        "exportrecord": ExportRecord.objects.create(made_by=clerk, purpose="full", filters={"Status": "Confirmed"}, columns=["name"]),
        "reveal": Reveal.objects.create(made_by=clerk, participant=protected_registration, reason="Asked by the host."),
    }


@pytest.mark.parametrize("ledger", ["exportrecord", "reveal"])
@pytest.mark.parametrize("role", ["secretariat", "auditor"])
def test_ledger_is_read(request, client_of, lines, ledger, role):
    browser = client_of(request.getfixturevalue(role))

    pages = (f"/admin/participants/{ledger}/", f"/admin/participants/{ledger}/{lines[ledger].pk}/change/")

    assert [browser.get(page).status_code for page in pages] == [200, 200]


@pytest.mark.parametrize("ledger", ["exportrecord", "reveal"])
def test_nobody_writes_a_ledger(client_of, administrator, lines, ledger):
    browser = client_of(administrator)

    pages = ("add/", f"{lines[ledger].pk}/change/", f"{lines[ledger].pk}/delete/")

    assert [browser.post(f"/admin/participants/{ledger}/{page}").status_code for page in pages] == [403, 403, 403]


def test_line_of_the_export_ledger_is_in_words(client_of, auditor, lines):
    text = client_of(auditor).get(f"/admin/participants/exportrecord/{lines['exportrecord'].pk}/change/").text

    assert "<div>Status: Confirmed</div>" in text


@pytest.mark.parametrize("role", ["host_liaison", "desk", "rapporteur"])
@pytest.mark.parametrize("ledger", ["exportrecord", "reveal"])
def test_others_do_not_read_the_ledgers(request, client_of, lines, role, ledger):
    assert client_of(request.getfixturevalue(role)).get(f"/admin/participants/{ledger}/").status_code == 403
