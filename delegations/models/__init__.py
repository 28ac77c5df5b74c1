"""Countries and international organisations, who speaks for them, and what a meeting asks of them."""

from delegations.models.bodies import Body, BodyQuerySet
from delegations.models.correspondents import Correspondent, CorrespondentQuerySet
from delegations.models.countries import Country, CountryQuerySet, CountryStatus, FormerName, Region
from delegations.models.invitations import Invitation, InvitationQuerySet
from delegations.models.links import InvitationLink, InvitationLinkQuerySet, NominationLink, NominationLinkQuerySet
from delegations.models.nominations import Nomination, NominationQuerySet
from delegations.models.periods import Period

__all__ = [
    "Body",
    "BodyQuerySet",
    "Correspondent",
    "CorrespondentQuerySet",
    "Country",
    "CountryQuerySet",
    "CountryStatus",
    "FormerName",
    "Invitation",
    "InvitationLink",
    "InvitationLinkQuerySet",
    "InvitationQuerySet",
    "Nomination",
    "NominationLink",
    "NominationLinkQuerySet",
    "NominationQuerySet",
    "Period",
    "Region",
]
