"""Where a request comes from, told apart without keeping an address."""

import ipaddress

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

UNKNOWN = "unknown"


def network_of(request: HttpRequest) -> str:
    """The network a request comes from: one IPv4 address, or the /64 that one IPv6 customer gets.

    Forwarding headers count only as far as TRUSTED_PROXY_COUNT says. Whoever cannot be told shares one network.
    """
    try:
        address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except (PermissionDenied, ImproperlyConfigured, ValueError):
        return UNKNOWN
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.IPv6Network((int(address), 64), strict=False))
    return str(address)


def fingerprint(*parts: str) -> str:
    """A name for ``parts`` that is always the same and from which they cannot be had without the key of this site."""
    return salted_hmac("accounts.networks", "\x1f".join(parts), algorithm="sha256").hexdigest()
