"""Streams: a GPC reference and a carrier or source, the smallest thing an action can change.

A municipality has five sectors; `split` shares them out over the streams by the national inventory and projection,
and own detail takes the place of what was estimated. The streams always add up to the sectors.
"""

from klimaplan.domain.inventory.streams.model import GASES, Gas, NationalStreams, OwnDetail, Stream, StreamTable
from klimaplan.domain.inventory.streams.splitting import split

__all__ = ["GASES", "Gas", "NationalStreams", "OwnDetail", "Stream", "StreamTable", "split"]
