"""Invitations to one meeting: to a country, an international organisation or a named person."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from accounts.models import User, normal_address
from accounts.text import PersonCharField, PersonTextField
from delegations.models.bodies import Body
from delegations.models.correspondents import Correspondent, CorrespondentQuerySet
from delegations.models.countries import Country
from meetings.audiences import Category
from meetings.languages import Bilingual
from meetings.models import Meeting


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Questions about invitations."""

    def sent(self) -> Self:
        """Those that were sent and not withdrawn."""
        return self.filter(state=Invitation.State.SENT)

    def silent(self) -> Self:
        """Those sent to whom nobody has replied, nor put a name forward."""
        return self.sent().filter(reply="").exclude(nominations__state="put_forward")

    def promised(self) -> Self:
        """Those of countries and organisations that said they will nominate, and gave no name that stands."""
        rows = self.sent().filter(reply="nominates", family_name="")
        return rows.exclude(pk__in=rows.filter(nominations__state="put_forward").values("pk"))

    def for_correspondent(self, user: Any, on: dt.date) -> Self:
        """The invitations, sent or withdrawn since, of the countries and organisations somebody speaks for on that day."""
        offices = Correspondent.objects.current(on).filter(user=user)
        theirs = Q(country__in=offices.values("country")) | Q(body__in=offices.values("body"))
        return self.filter(theirs, sent_at__isnull=False).with_addressees()

    def with_addressees(self) -> Self:
        """With what names the addressee and the meeting."""
        return self.select_related("meeting", "country", "body")

    def with_names(self) -> Self:
        """Each with ``names``: how many people stand nominated under it."""
        return self.annotate(names=Count("nominations", filter=Q(nominations__state="put_forward")))

    def locked(self, pk: int) -> "Invitation":
        """The invitation with its row locked until the transaction ends: whoever replies or nominates goes through here."""
        return self.select_for_update(of=("self",)).with_addressees().get(pk=pk)


class Invitation(models.Model):
    """Asks a country, an organisation or a named person to one meeting, with a number of places and a deadline.

    State and reply change only in ``delegations.services``.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENT = "sent", _("Sent")
        WITHDRAWN = "withdrawn", pgettext_lazy("invitation", "Withdrawn")

    class Reply(models.TextChoices):
        """What the addressee answered; empty until then."""

        NOMINATES = "nominates", _("Will nominate")
        REGRETS = "regrets", _("Regrets")

    class Addressee(models.TextChoices):
        COUNTRY = "country", _("Country")
        BODY = "body", _("International organisation")
        PERSON = "person", _("Named person")

    class Salutation(models.TextChoices):
        MS = "ms", _("Ms")
        MR = "mr", _("Mr")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="invitations", verbose_name=_("meeting"))
    number = models.PositiveIntegerField(_("number"), editable=False)
    reference = models.CharField(_("reference"), max_length=40, unique=True, editable=False)

    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations", verbose_name=_("country")
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations", verbose_name=_("international organisation")
    )
    salutation = models.CharField(_("title"), max_length=2, choices=Salutation, blank=True)
    given_name = PersonCharField(_("given names"), max_length=100, blank=True)
    family_name = PersonCharField(_("family name"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    organisation = PersonCharField(_("organisation"), max_length=200, blank=True)
    function = PersonCharField(_("function"), max_length=200, blank=True)

    category = models.CharField(_("category"), max_length=30, choices=Category, help_text=_("In what capacity those invited attend."))
    quota = models.PositiveSmallIntegerField(_("places"), default=1)
    reimbursed_quota = models.PositiveSmallIntegerField(_("of them reimbursed"), default=0)
    deadline = models.DateField(_("deadline"), help_text=_("The last day on which they may reply and nominate, at the venue."))
    language = models.CharField(_("language of the letter"), max_length=2, choices=User.Language, default=User.Language.ENGLISH)
    text_en = PersonTextField(_("personal text (English)"), blank=True, max_length=2000)
    text_fr = PersonTextField(_("personal text (French)"), blank=True, max_length=2000)

    state = models.CharField(_("status"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True, editable=False)
    sent_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    reply = models.CharField(_("reply"), max_length=10, choices=Reply, blank=True, editable=False)
    replied_at = models.DateTimeField(_("replied"), null=True, blank=True, editable=False)
    replied_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("replied by"), editable=False
    )
    replied_from = models.EmailField(_("replied from"), blank=True, default="", db_default="", editable=False)  # where the link was sent
    reply_words = PersonTextField(_("what they wrote"), blank=True, max_length=1000, editable=False)
    reply_note = PersonTextField(_("how the reply came"), blank=True, max_length=500, editable=False)
    reminded_on = models.DateField(_("last reminded"), null=True, blank=True, editable=False)
    hides_name = models.BooleanField(default=False, editable=False)  # the person asked, when registering, not to be named

    objects = InvitationQuerySet.as_manager()
    history = HistoricalRecords()

    text = Bilingual()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("meeting", "number")
        permissions = [("send_invitation", _("Can send invitations and reminders, and reply for others"))]
        indexes = [models.Index(fields=("state", "deadline"), name="invitation_by_deadline")]
        constraints = [
            models.CheckConstraint(
                condition=Q(country__isnull=False, body__isnull=True, family_name="")
                | Q(country__isnull=True, body__isnull=False, family_name="")
                | (Q(country__isnull=True, body__isnull=True) & ~Q(family_name="")),
                name="invitation_has_one_addressee",
                violation_error_message=_("An invitation goes to one country, or one organisation, or one named person."),
            ),
            models.CheckConstraint(
                condition=Q(family_name="", email="") | (~Q(family_name="") & ~Q(email="")),
                name="invitation_address_goes_with_person",
                violation_error_message=_("A named person needs an e-mail address; a country or an organisation has its own."),
            ),
            models.UniqueConstraint(
                fields=("meeting", "country"),
                condition=Q(country__isnull=False),
                name="invitation_once_per_country",
                violation_error_message=_("This country has an invitation to this meeting already."),
            ),
            models.UniqueConstraint(
                fields=("meeting", "body"),
                condition=Q(body__isnull=False),
                name="invitation_once_per_body",
                violation_error_message=_("This organisation has an invitation to this meeting already."),
            ),
            models.UniqueConstraint(
                fields=("meeting", "email"),
                condition=~Q(email=""),
                name="invitation_once_per_person",
                violation_error_message=_("This address has an invitation to this meeting already."),
            ),
            models.CheckConstraint(
                condition=Q(quota__gte=1),
                name="invitation_has_a_place",
                violation_error_message=_("An invitation is for at least one place."),
            ),
            models.CheckConstraint(
                condition=Q(reimbursed_quota__lte=F("quota")),
                name="invitation_reimburses_within_quota",
                violation_error_message=_("More people would be reimbursed than there are places."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft", sent_at__isnull=True) | Q(state="sent", sent_at__isnull=False) | Q(state="withdrawn"),
                name="invitation_sent_has_time",
                violation_error_message=_("A sent invitation has the time it was sent, a draft has none."),
            ),
            models.CheckConstraint(
                condition=Q(reply="", replied_at__isnull=True) | (~Q(reply="") & Q(replied_at__isnull=False)),
                name="invitation_reply_has_time",
                violation_error_message=_("A reply has the time it came."),
            ),
        ]

    def __str__(self) -> str:
        """The reference, not the addressee: this text ends up in logs and in the admin's trail."""
        return self.reference or str(_("new invitation"))

    def clean(self) -> None:
        self.email = normal_address(self.email)

    @property
    def kind(self) -> "Invitation.Addressee":
        """Whom it goes to: a country, an organisation or a person."""
        if self.country_id:
            return self.Addressee.COUNTRY
        return self.Addressee.BODY if self.body_id else self.Addressee.PERSON

    @property
    def is_to_person(self) -> bool:
        return self.kind == self.Addressee.PERSON

    @property
    def addressee(self) -> str:
        """The country or organisation by name, the person by theirs unless they asked not to be named."""
        if not self.is_to_person:
            return str(self.country or self.body)
        return str(_("Named person")) if self.hides_name else f"{self.given_name} {self.family_name}".strip()

    @property
    def delegation_query(self) -> str:
        """Names the delegation in the address of its page, for those who speak for more than one."""
        return f"country={self.country.code}" if self.country else f"body={self.body.code if self.body else ''}"

    @property
    def reply_label(self) -> str:
        """The reply in a word or two; a person does not nominate, but comes."""
        comes = self.is_to_person and self.reply == self.Reply.NOMINATES
        return str(_("Will come")) if comes else self.get_reply_display()

    def correspondents(self, on: dt.date) -> CorrespondentQuerySet:
        """Who speaks on that day for the country or organisation invited; for a person nobody does."""
        current = Correspondent.objects.current(on)
        return current.none() if self.is_to_person else current.filter(country=self.country_id, body=self.body_id)

    def has_names(self) -> bool:
        """True when people stand nominated under it; asks the database unless ``with_names`` counted."""
        counted = getattr(self, "names", None)
        return bool(self.nominations.standing().exists() if counted is None else counted)

    def is_open(self, at: dt.datetime) -> bool:
        """True while the addressee may reply, nominate and change their mind: sent, and the deadline's day not over at the venue."""
        return self.state == self.State.SENT and not self.is_past_deadline(at)

    def is_past_deadline(self, at: dt.datetime) -> bool:
        """True once the deadline's day is over at the venue."""
        return self.meeting.today(at) > self.deadline
