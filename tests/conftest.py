"""What all tests share: the same examples in every run, and no deadline, because two busy cores keep no time.

Django stays out of here: the tests of the domain, the reference tables and the cases run without it.
"""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("klimaplan", derandomize=True, deadline=None)
settings.load_profile("klimaplan")
