"""The account of the Danish Energy Agency, from its interface or from the same JSON on disk.

Answers become key figures (`key_figures`), key figures of all municipalities become an account (`assembly`); where
the answers come from is the business of `download` and `files`.
"""

from klimaplan.sources.account.assembly import assemble, renewable_ratio
from klimaplan.sources.account.download import Progress, download
from klimaplan.sources.account.edition import FIRST_YEAR, Edition
from klimaplan.sources.account.files import last_change, read_files
from klimaplan.sources.account.key_figures import Collected, KeyFigures
from klimaplan.sources.account.service import ADDRESS, Manner, Service

__all__ = [
    "ADDRESS",
    "FIRST_YEAR",
    "Collected",
    "Edition",
    "KeyFigures",
    "Manner",
    "Progress",
    "Service",
    "assemble",
    "download",
    "last_change",
    "read_files",
    "renewable_ratio",
]
