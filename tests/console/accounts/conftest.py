"""Accounts of a house on each database: cheap hashes, a clock that stands still, a key, and people with passwords."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from doors import CHEAP, NOW, PASSWORD, SETTINGS, Door

from console.accounts.hashing import Hashing
from console.accounts.invitations import set_password
from console.accounts.vault import new_key, vault_of
from console.bootstrap import House, accounts_of
from console.founding import found_house
from engine.clock import FixedClock


@pytest.fixture
def founded_house(database_url: str) -> Iterator[House]:
    house = found_house(SETTINGS, url=database_url, rehearsal=True).house
    yield house
    house.close()


@pytest.fixture
def door(founded_house: House) -> Door:
    """The accounts, and the clock they go by; yuyao and admin have a password."""
    clock = FixedClock(NOW)
    accounts = replace(
        accounts_of(founded_house),
        hashing=Hashing(CHEAP),
        clock=clock,
        vault=vault_of(new_key()),
        base="https://console.lingpao.example",
    )
    door = Door(founded_house, accounts, clock)
    for login in ("yuyao", "admin"):
        set_password(accounts, door.actor("admin"), login, PASSWORD)
    return door
