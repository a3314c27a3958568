"""Change details: what a municipality knows of why its account changed, read from TOML or JSON with findings."""

from klimaplan.sources.change_details.assembly import ChangeDetails
from klimaplan.sources.change_details.model import FORMAT, ChangeDetailFile
from klimaplan.sources.change_details.reading import read_change_detail, read_change_file

__all__ = ["FORMAT", "ChangeDetailFile", "ChangeDetails", "read_change_detail", "read_change_file"]
