"""What all tests share."""

import matplotlib
from hypothesis import settings

matplotlib.use("Agg")  # figures are drawn, never shown
settings.register_profile("tests", deadline=None)  # the first call of a kernel compiles it
settings.load_profile("tests")
