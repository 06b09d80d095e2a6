"""The properties of a standard that are proved, one a file, in the order in which they are told."""

from __future__ import annotations

from guiju.engine.proving.claim import Property
from guiju.engine.proving.properties.matters import MATTERS
from guiju.engine.proving.properties.monotone import MONOTONE
from guiju.engine.proving.properties.never_easier import NEVER_EASIER
from guiju.engine.proving.properties.one_outcome import ONE_OUTCOME
from guiju.engine.proving.properties.reachable import REACHABLE
from guiju.engine.proving.properties.same import READINGS

#: what is proved of a policy by itself
PROPERTIES: tuple[Property, ...] = (REACHABLE, ONE_OUTCOME, NEVER_EASIER, MONOTONE, MATTERS, READINGS)
