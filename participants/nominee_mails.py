"""The mails to nominees, and to those who put them forward: what they may say, and the functions that write them to the outbox.

The second name nobody: they say which place on the list, and the page behind the sign-in says who that is.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import override

from correspondence import outbox
from correspondence.kinds import Kind
from delegations.mails import delegation_link
from delegations.models import Invitation, Nomination
from meetings.dates import day, day_range

COMMON = {
    "name": _lazy("the name of whom the mail goes to, if known"),
    "delegation": _lazy("the country or organisation that put the name forward"),
    "meeting": _lazy("title of the meeting"),
    "dates": _lazy("days of the meeting"),
    "city": _lazy("city"),
    "reference": _lazy("reference of the letter"),
    "contact": _lazy("address of the secretariat"),
}
COMPLETED = _lazy("has completed the registration")
DECLINED = _lazy("cannot come")
WITHDREW = _lazy("has withdrawn")
HANDED_OVER = _lazy("has handed the place to a colleague, who stands in the list now")
REFUSED = _lazy("was declined by the secretariat")


def sample(language: str) -> Mapping[str, str] | None:
    """Values of the newest invitation of a country, for previews in the back office."""
    invitation = Invitation.objects.with_addressees().filter(country__isnull=False).order_by("-pk").first()
    if invitation is None:
        return None
    link, until = f"{settings.BASE_URL}/example/", day(invitation.deadline, language)
    with override(language):
        news = {"news": str(COMPLETED), "place": "2", "delegation_link": link}
    return {**values_for(invitation, "", language), "complete_link": link, "until": until, **news}


def kind(key: str, label: Any, *, secrets: frozenset[str] = frozenset(), **more: Any) -> Kind:
    """One kind of mail with the common placeholders and its own."""
    placeholders = {**COMMON, **more}

    def preview(language: str) -> Mapping[str, str] | None:
        values = sample(language)
        return values and {name: values[name] for name in placeholders}

    return Kind(key, label, placeholders, sample=preview, secrets=secrets)


KINDS = (
    kind(
        "nomination",
        _lazy("You were put forward"),
        secrets=frozenset({"complete_link"}),
        complete_link=_lazy("address of the page to complete or decline"),
        until=_lazy("last day on which the link works"),
    ),
    kind(
        "nomination_reminder",
        _lazy("Reminder: you were put forward"),
        secrets=frozenset({"complete_link"}),
        complete_link=_lazy("address of the page to complete or decline"),
        until=_lazy("last day on which the link works"),
    ),
    kind("nomination_taken_back", _lazy("You are no longer put forward")),
    kind(
        "nominee_news",
        _lazy("News of a nominee, for those who put them forward"),
        news=_lazy("what happened"),
        place=_lazy("the place on the list of nominees"),
        delegation_link=_lazy("address of the delegation's page"),
    ),
)


def values_for(invitation: Invitation, name: str, language: str) -> dict[str, str]:
    """The common placeholders."""
    meeting = invitation.meeting
    with override(language):
        return {
            "name": name or _("Sir or Madam"),
            "delegation": invitation.addressee,
            "meeting": meeting.title.text,
            "dates": day_range(meeting.starts_on, meeting.ends_on, language),
            "city": meeting.city.text,
            "reference": invitation.reference,
            "contact": meeting.contact_email or settings.SERVER_EMAIL,
        }


def ask_to_complete(nomination: Nomination, *, token: str, until: dt.datetime, at: dt.datetime) -> None:
    """Send the nominee the link to the form."""
    zone = nomination.invitation.meeting.zone
    last = (until - dt.timedelta(seconds=1)).astimezone(zone).date()
    with override(nomination.language):
        link = settings.BASE_URL + reverse("nominee", args=[token])
    write_to_nominee(nomination, "nomination", at=at, complete_link=link, until=day(last, nomination.language))


def remind_to_complete(nomination: Nomination, *, token: str, until: dt.datetime, dedup_key: str) -> None:
    """Send the nominee a new link before the deadline; ``dedup_key`` makes it the only reminder."""
    language, invitation = nomination.language, nomination.invitation
    last = (until - dt.timedelta(seconds=1)).astimezone(invitation.meeting.zone).date()
    with override(language):
        link = settings.BASE_URL + reverse("nominee", args=[token])
    outbox.put(
        kind="nomination_reminder",
        to=nomination.email,
        language=language,
        values={**values_for(invitation, nomination.name, language), "complete_link": link, "until": day(last, language)},
        dedup_key=dedup_key,
        reference=invitation.reference,
    )


def tell_taken_back(nomination: Nomination, *, at: dt.datetime) -> None:
    """Tell somebody who has not completed that the link opens nothing more."""
    write_to_nominee(nomination, "nomination_taken_back", at=at)


def write_to_nominee(nomination: Nomination, key: str, *, at: dt.datetime, **more: str) -> None:
    """Write one mail to the outbox in the nominee's language."""
    outbox.put(
        kind=key,
        to=nomination.email,
        language=nomination.language,
        values={**values_for(nomination.invitation, nomination.name, nomination.language), **more},
        dedup_key=f"{key}:{nomination.pk}:{at:%Y%m%d%H%M%S%f}",
        reference=nomination.invitation.reference,
    )


def place_of(nomination: Nomination) -> int:
    """The place among the names that stand, 1 for the first."""
    order = list(nomination.invitation.nominations.standing().in_order().values_list("pk", flat=True))
    return order.index(nomination.pk) + 1 if nomination.pk in order else 0


def tell_correspondents(nomination: Nomination, news: Any, *, place: int, by: Any, at: dt.datetime) -> None:
    """Tell everybody who speaks for the delegation today and wants to know, but not whoever did it."""
    invitation = nomination.invitation
    offices = invitation.correspondents(timezone.localdate(at)).filter(wants_news=True)
    for user in {office.user for office in offices.select_related("user")} - {by}:
        with override(user.language):
            said = {"news": str(news), "place": str(place), "delegation_link": delegation_link(invitation)}
        outbox.put(
            kind="nominee_news",
            to=user.email,
            language=user.language,
            values={**values_for(invitation, user.name, user.language), **said},
            dedup_key=f"nominee_news:{nomination.pk}:{at:%Y%m%d%H%M%S%f}:{user.pk}",
            reference=invitation.reference,
        )
