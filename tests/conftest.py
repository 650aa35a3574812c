"""Settings for all tests."""

from hypothesis import settings

# how long an example takes depends on what else the machine does; pytest-timeout ends what hangs
settings.register_profile("zeren", deadline=None)
settings.load_profile("zeren")
