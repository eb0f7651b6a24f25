"""Only machines of the public internet are asked, however their address is written."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from menulint.fetching import addresses


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.0.9",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "100.100.100.200",
        "169.254.169.254",
        "168.63.129.16",
        "192.0.0.8",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "fe80::1",
        "fec0::1",
        "fd00:ec2::254",
        "ff02::1",
        "2001:db8::1",
        "2001::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_what_is_not_public_is_not_asked(address: str) -> None:
    assert not addresses.is_public(ip_address(address))
    assert addresses.public([address]) == []


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_what_is_public_is_asked(address: str) -> None:
    assert addresses.public([address]) == [address]


def test_a_scope_makes_no_address_public() -> None:
    assert addresses.public(["fe80::1%eth0", "nonsense"]) == []


@pytest.mark.parametrize("written", ["2130706433", "0177.0.0.1", "0x7f.1", "127.1"])
def test_odd_ways_to_write_a_number_are_seen_through(written: str) -> None:
    try:
        found = addresses.resolve(written, 80)
    except OSError:
        return  # a system that does not know this way of writing goes nowhere
    assert found == ["127.0.0.1"]
    assert addresses.public(found) == []
