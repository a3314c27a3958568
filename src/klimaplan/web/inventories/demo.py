"""An invented earlier edition of the account, so that a demonstration can show how figures move. Marked Demo."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from klimaplan.domain import axes
from klimaplan.domain.inventory.account import SECTORS, Account, Sector, total
from klimaplan.domain.series import Series

SOURCE = "klimaplan-demo"
VERSION = "4.0-demo"
RETRIEVED = date(2025, 9, 1)
INVENTED_WASTE_FACTOR = 1.05
"""The invented edition counted waste five per cent higher: a method change that anyone can check by eye."""


def earlier_edition(account: Account) -> Account:
    """The account as it might have looked a year ago: without its last year and with another method for waste."""
    years = account.years[:-1]
    before = account.emissions.take(axes.YEAR, years)
    seen = replace(before.provenance, source=SOURCE, version=VERSION, retrieved=RETRIEVED)
    factor = np.ones(before.values.shape)
    factor[:, SECTORS.position(str(Sector.WASTE))] = INVENTED_WASTE_FACTOR
    emissions = Series(before.values * factor, before.axes, before.unit, seen)
    return Account(emissions, total(emissions), account.population.take(axes.YEAR, years))
