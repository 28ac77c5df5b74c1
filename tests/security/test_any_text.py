"""Whatever text there is, in every field of the main forms at once: an error beside a field, never one of ours."""

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.security.canaries import undrawn
from tests.security.forms import forms_of, urlencoded
from tests.security.test_hostile_input import URLENCODED
from tests.security.world import World

pytestmark = [pytest.mark.urls("tests.pompidou.demo_urls"), pytest.mark.django_db]

MAIN = {
    "visitor": ["/meetings/strasbourg-2026/register/?sector=police", "/accounts/login/", "/accounts/login/code/"],
    "participant": ["/my/strasbourg-2026/edit/"],
    "secretariat": [
        "/admin/participants/participant/{participant}/change/",
        "/admin/meetings/meeting/{meeting}/change/",
        "/admin/correspondence/messagetemplate/{template}/change/",
    ],
}
anything = st.one_of(st.text(max_size=60), st.text(st.characters(exclude_categories=()), max_size=20), st.from_regex(r"[\d./:+-]{0,12}"))


@pytest.fixture
def forms():
    """Each form of those pages, and who fills it in."""
    world = World()
    found = []
    for role, addresses in MAIN.items():
        for address in addresses:
            page = world.ask(role, "GET", address)
            found += [(role, form) for form in forms_of(page.content.decode(), world.address(address)) if form.method == "post"]
    return world, [(role, form) for role, form in found if len(form.controls) > 1 and "logout" not in form.address]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_text_is_an_error_of_ours(forms, data):
    world, all_forms = forms
    assert len(all_forms) >= 7
    broken = []
    for role, form in all_forms:
        names = sorted({control.name for control in form.controls if control.kind in {"text", "textarea", "email", "tel", "date", "time"}})
        typed = data.draw(st.fixed_dictionaries(dict.fromkeys(names, anything)))
        with undrawn():
            response = world.ask(role, "POST", form.address, body_of(form, typed), content_type=URLENCODED)
        cache.clear()
        if response.status_code >= 500:
            broken.append((form.address, typed, response.exc_info[1]))

    assert broken == []


def body_of(form, typed):
    """The form with that text in it, as it is sent."""
    return urlencoded([(name, typed.get(name, value)) for name, value in form.filled()])
