"""Which machines may be asked: those of the public internet, and no others.

A page, a redirect or a name server can point anywhere, also into the network this program runs in. Names are therefore
resolved here, each address is looked at, and the connection is made to that very address: a name that resolves to
something else a moment later changes nothing.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Resolver = Callable[[str, int], Sequence[str]]
"""Addresses of a name, in the order in which they are to be tried. Raises ``OSError`` where there are none."""

_GLOBAL = IPv6Network("2000::/3")
"""All that is given out of IPv6; whatever else there is has a meaning of its own."""
_TRANSLATED = IPv6Network("64:ff9b::/96")
_NOT_PUBLIC = tuple(
    map(
        ip_network,
        (
            "168.63.129.16/32",  # a cloud's own service for its machines, at an address that looks public
            "192.88.99.0/24",  # relays into IPv6, given up
            "192.0.0.0/24",  # protocols; Python 3.11 takes some of it for public
            "2001::/23",  # protocols and tunnels, which hide the address that is meant
            "2002::/16",  # tunnels likewise
            "3fff::/20",  # documentation, unknown to older versions of Python
        ),
    )
)


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet; an IPv4 address inside an IPv6 one is looked at by itself."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in _TRANSLATED:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        if address not in _GLOBAL:
            return False
    if any(address.version == network.version and address in network for network in _NOT_PUBLIC):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, as the operating system finds them; also of a number written in some odd way."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


def public(found: Sequence[str]) -> list[str]:
    """Those addresses that may be connected to."""
    return [text for text in found if _is_public_text(text)]


def _is_public_text(text: str) -> bool:
    try:
        return is_public(ip_address(text))
    except ValueError:  # nothing that is not understood is connected to
        return False
