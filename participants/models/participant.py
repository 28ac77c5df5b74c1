"""One person's attendance of one meeting, as they were then."""

import datetime as dt
import secrets
from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest, Left
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import User, normal_address
from accounts.text import PersonCharField, PersonTextField, fold
from delegations.models import Body, Country, Nomination
from meetings.audiences import Category, Family
from meetings.languages import Bilingual
from meetings.models import Meeting

# No vowels, so no words; no 0/O, 1/I, 2/Z, 5/S, so nothing is misread on the telephone.
REFERENCE_LETTERS = "BCDFGHJKLMNPQRTVWX346789"


def new_reference(meeting: Meeting, *, submission_key: str = "", attempt: int = 0) -> str:
    """A reference number nobody can guess or count: CYB17-H4KX7MP.

    The same ``submission_key`` gives the same number, so that a form sent twice answers the same, registered or not;
    another ``attempt`` gives another one, for when a number is taken.
    """
    seed = salted_hmac(f"participants.reference.{attempt}", submission_key or secrets.token_hex(16), algorithm="sha256").digest()
    return f"{meeting.code}-{''.join(REFERENCE_LETTERS[byte % len(REFERENCE_LETTERS)] for byte in seed[:7])}"


class Sector(models.Model):
    """Where somebody works; it belongs to a family, which decides eligibility for closed sessions."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name_en = models.CharField(_("name (English)"), max_length=60)
    name_fr = models.CharField(_("name (French)"), max_length=60)
    family = models.CharField(_("family"), max_length=20, choices=Family)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    name = Bilingual()

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ("position", "code")

    def __str__(self) -> str:
        return self.name.text


def waiting_priority() -> Case:
    """The waiting list's order by category, for a query."""
    return Case(
        *(When(category=category, then=Value(category.waiting_priority)) for category in Category),
        output_field=models.PositiveSmallIntegerField(),
    )


def waits_since() -> Greatest:
    """Since when somebody stands in line, for a query: whoever let an offer lapse stands at the end from then on."""
    from participants.models.offer import Offer  # it points at participants

    lapsed = Offer.objects.filter(participant=OuterRef("pk"), answer=Offer.Answer.LAPSED).order_by("-answered_at").values("answered_at")
    return Greatest("registered_at", Coalesce(Subquery(lapsed[:1]), "registered_at"))


def line_order() -> tuple[Any, ...]:
    """The order of the waiting list, for ``order_by``: by category, then by time."""
    return waiting_priority().asc(), waits_since().asc(), "pk"


class ParticipantQuerySet(models.QuerySet["Participant"]):
    """Questions about many participants."""

    def registered(self) -> Self:
        """Everybody whose address is proven, whatever was decided since."""
        return self.exclude(state=Participant.State.UNCONFIRMED)

    def named(self) -> Self:
        """Those who are not erased."""
        return self.exclude(family_name="")

    def confirmed(self) -> Self:
        """Those who have a place."""
        return self.filter(state=Participant.State.CONFIRMED)

    def pending(self) -> Self:
        """Those who wait for a decision."""
        return self.filter(state=Participant.State.PENDING)

    def to_decide(self) -> Self:
        """Those who wait for a decision that somebody can take now: neither on hold nor proposed."""
        return self.pending().filter(mark="")

    def holding_a_place(self) -> Self:
        """Those whose place counts towards the capacity."""
        return self.confirmed().filter(category__in=Category.counting())

    def with_offer(self) -> Self:
        """Those to whom a place is offered and who have not answered."""
        from participants.models.offer import Offer  # it points at participants

        running = Offer.objects.running().filter(participant=OuterRef("pk"))
        return self.filter(Exists(running), state=Participant.State.WAITLISTED)

    def waiting_line(self) -> Self:
        """The waiting list, next in line first: by category, then by the time the address was proven or an offer lapsed."""
        return self.filter(state=Participant.State.WAITLISTED).order_by(*line_order())

    def stale(self, at: dt.datetime) -> Self:
        """Forms whose address was not proven within seven days."""
        return self.filter(state=Participant.State.UNCONFIRMED, created_at__lt=at - UNCONFIRMED_KEPT)

    def of(self, user: Any) -> Self:
        """A signed-in person's own registrations."""
        return self.filter(user=user).exclude(state=Participant.State.UNCONFIRMED)

    def kept_elsewhere(self, user: Any) -> Self:
        """Registrations made with a signed-in person's address that another account holds, since the two were merged."""
        merged = Q(user=None, merged_into__isnull=False) | Q(user__isnull=False)
        return self.registered().named().filter(merged, email=user.email).exclude(user=user)

    def standing_for(self, participant: "Participant") -> "Participant":
        """The registration into which this one was merged, else itself."""
        return self.filter(merges__other=participant).first() or participant

    def in_official_order(self, language: str) -> Self:
        """The order of the list of participants: by category, country (or organisation) in that language, then name.

        Those whose name the list does not show stand before the others, so that no place in the alphabet tells it.
        """
        category = Case(*(When(category=c, then=Value(n)) for n, c in enumerate(Category)), output_field=models.PositiveSmallIntegerField())
        name = Case(When(visibility=Participant.Visibility.FUNCTION, then=Value("")), default=BY_NAME)
        return self.order_by(category, f"country__sort_key_{language}", f"body__name_{language}", name, "pk")

    def matching(self, text: str) -> Self:
        """Those whose name, organisation, address or reference holds every word of ``text``, accents and case aside.

        Protected people are found by what may be shown of them, never by their real name: an answer would tell that they come.
        """
        rows = self
        for word in fold(text).split():
            rows = rows.filter(search_key__contains=word)
        return rows


UNCONFIRMED_KEPT = dt.timedelta(days=7)
BY_NAME = Left("search_key", 60)  # begins with the name as anybody may see it, so that no order tells who is protected


class Participant(models.Model):
    """One person at one meeting, with the function, service, organisation and country they had then.

    ``state`` changes only in ``participants.services``. Who somebody is reaches a reader only through ``face_for``.
    """

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("Address not confirmed")
        PENDING = "pending", _("Awaiting approval")
        CONFIRMED = "confirmed", _("Confirmed")
        WAITLISTED = "waitlisted", _("On the waiting list")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Mark(models.TextChoices):
        """What is under way about somebody beside their status; the open ``Step`` says who, why and until when."""

        HOLD = "hold", _("On hold")
        APPROVE = "approve", _("Approval proposed")
        WAITLIST = "waitlist", _("Waiting list proposed")
        DECLINE = "decline", _("Refusal proposed")

    class Salutation(models.TextChoices):
        MS = "ms", _("Ms")
        MR = "mr", _("Mr")

    class Visibility(models.TextChoices):
        """What the list of participants shows of somebody."""

        FULL = "full", _("Name, function and organisation")
        FUNCTION = "function", _("Function and organisation, no name")
        HIDDEN = "hidden", _("Not on the list")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="participants", verbose_name=_("meeting"))
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="participations", verbose_name=_("account")
    )
    nomination = models.OneToOneField(
        Nomination,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="participant",
        verbose_name=_("nomination"),
        editable=False,
    )
    reference = models.CharField(_("reference"), max_length=24, unique=True, editable=False)
    state = models.CharField(_("status"), max_length=12, choices=State, default=State.UNCONFIRMED, editable=False)
    mark = models.CharField(_("under way"), max_length=10, choices=Mark, blank=True, default="", db_default="", editable=False)
    state_reason = PersonTextField(_("reason"), blank=True, editable=False)
    created_at = models.DateTimeField(_("form sent"), default=timezone.now, editable=False)
    registered_at = models.DateTimeField(_("registered"), null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(_("last change of status"), null=True, blank=True, editable=False)
    submission_key = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)

    salutation = models.CharField(_("title"), max_length=2, choices=Salutation, blank=True)
    given_name = PersonCharField(_("given names"), max_length=100, blank=True)
    family_name = PersonCharField(_("family name"), max_length=100)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = PersonCharField(_("telephone"), max_length=40, blank=True)
    language = models.CharField(_("language of mails"), max_length=2, choices=User.Language, default=User.Language.ENGLISH)

    category = models.CharField(_("category"), max_length=30, choices=Category)
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="participants", verbose_name=_("sector"))
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="participants", verbose_name=_("country")
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="participants", verbose_name=_("international organisation")
    )
    organisation = PersonCharField(_("organisation"), max_length=200, blank=True)
    service = PersonCharField(_("service or unit"), max_length=200, blank=True)
    function = PersonCharField(_("function"), max_length=200, blank=True)

    listening_language = models.CharField(_("listening language"), max_length=2, choices=User.Language, default=User.Language.ENGLISH)
    visibility = models.CharField(_("on the list of participants"), max_length=10, choices=Visibility, default=Visibility.FULL)
    may_be_photographed = models.BooleanField(_("may be photographed"), default=False)
    is_first_timer = models.BooleanField(_("first time"), default=True)
    privacy_notice = models.CharField(_("privacy notice"), max_length=20, blank=True, editable=False, help_text=_("The version they read."))

    asks_protection = models.BooleanField(_("asks that the name not be shown"), default=False)
    is_protected = models.BooleanField(
        _("protected"), default=False, help_text=_("The name is shown to nobody without its own permission.")
    )
    alias = PersonCharField(
        _("alias"), max_length=100, blank=True, help_text=_("Shown in place of the name. Empty: “Representative” and the sector.")
    )
    # Empty since each note is a row of its own; the next release takes the column out.
    notes = PersonTextField(_("notes of the secretariat"), blank=True, editable=False)
    search_key = models.TextField(editable=False, blank=True, default="")

    objects = ParticipantQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_key", "submission_key"])

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ("-id",)
        indexes = [
            # Begins with what counts places; the rest lets the filters of the list be counted without reading the rows.
            models.Index(
                fields=("meeting", "state", "category", "is_first_timer", "is_protected", "asks_protection", "sector", "country", "mark"),
                name="participant_places",
            ),
            models.Index(fields=("meeting", "country"), name="participant_by_country"),
            models.Index("meeting", BY_NAME, "id", name="participant_by_name"),
            models.Index(fields=("meeting",), name="participant_protected", condition=Q(is_protected=True)),
            models.Index(fields=("user",), name="participant_by_user", condition=Q(user__isnull=False)),
        ]
        permissions = [
            ("view_protected_identity", _("Can see the real name of a protected participant")),
            ("export_participant", _("Can export the list of participants")),
            ("import_participant", _("Can import a list of participants")),
            ("merge_participant", _("Can merge registrations of the same person")),
            ("decide_participant", _("Can approve, wait-list and decline")),
            ("view_all_registrations", _("Can see registrations without a place, and what happened to each")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("meeting", "email"),
                condition=~Q(email=""),
                name="participant_address_once_per_meeting",
                violation_error_message=_("This address is registered for this meeting already."),
            ),
            models.UniqueConstraint(
                fields=("meeting", "user"),
                condition=Q(user__isnull=False),
                name="participant_user_once_per_meeting",
                violation_error_message=_("This person is registered for this meeting already."),
            ),
            models.CheckConstraint(
                condition=Q(state="unconfirmed", registered_at__isnull=True) | (~Q(state="unconfirmed") & Q(registered_at__isnull=False)),
                name="participant_registered_has_time",
                violation_error_message=_("A registration has the time its address was proven, and only then."),
            ),
            models.CheckConstraint(
                condition=~Q(category__in=["member_state", "other_state", "host"]) | Q(country__isnull=False),
                name="participant_of_state_has_country",
                violation_error_message=_("Somebody sent by a state needs a country."),
            ),
        ]

    def __str__(self) -> str:
        """The reference, not the name: this text ends up in logs and in the admin's trail."""
        return self.reference or str(_("new participant"))

    def clean(self) -> None:
        self.email = normal_address(self.email)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.reference:
            self.reference = new_reference(self.meeting)
        self.search_key = self.make_search_key()
        if (update_fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*update_fields, "search_key"}
        super().save(*args, **kwargs)

    def make_search_key(self) -> str:
        """What the search looks in and lists by name sort by, folded: of a protected person nothing that tells who it is."""
        if self.is_protected:
            return fold(f"{self.alias} {self.reference} {self.organisation}")
        person = (self.family_name, self.given_name, self.email)
        return fold(" ".join((*person, self.reference, self.organisation, self.service, self.function)))

    @property
    def is_erased(self) -> bool:
        """True once nothing says any more who it was: everybody else has a family name."""
        return self.pk is not None and not self.family_name

    @property
    def name(self) -> str:
        """The real name as typed. Pages use ``face_for``; this is for what ``face_for`` itself shows."""
        return " ".join(part for part in (self.given_name, self.family_name) if part)

    def face_for(self, viewer: Any, *, revealed: Iterable[int] = ()) -> "Any":
        """What ``viewer`` may see of this person: a ``faces.Face``. ``viewer`` is a user, or None for the public.

        A protected person's real name shows to the person themself, and to a viewer for whom its reveal was recorded
        (``revealed``: primary keys); holding the permission is not enough.
        """
        from participants.faces import face_of, sight_of  # faces imports this module's names

        return face_of(self, sight_of(viewer, revealed=revealed))

    def place_in_line(self) -> int | None:
        """The position on the waiting list, 1 for the next; None for anybody not on it."""
        if self.state != self.State.WAITLISTED:
            return None
        line = list(Participant.objects.filter(meeting_id=self.meeting_id).waiting_line().values_list("pk", flat=True))
        return line.index(self.pk) + 1
