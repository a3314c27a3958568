"""A small client of the API for programs and notebooks. It stands alone: of klimaplan it needs nothing but itself.

>>> from klimaplan.client import Client
>>> with Client(address) as site:
...     site.municipality("167")["name"]["da"]
'Hvidovre'
"""

from klimaplan.client.client import Client
from klimaplan.client.errors import (
    Conflict,
    Finding,
    NotAllowed,
    NotThere,
    Refused,
    TokenNotUsable,
    TooManyRequests,
)
from klimaplan.client.shapes import Case, Comment, Me, Outcome, Part, Plan, Preview, Published, Version

__all__ = [
    "Case", "Client", "Comment", "Conflict", "Finding", "Me", "NotAllowed", "NotThere", "Outcome", "Part", "Plan",
    "Preview", "Published", "Refused", "TokenNotUsable", "TooManyRequests", "Version",
]  # fmt: skip
