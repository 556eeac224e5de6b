"""Charts: from data to Altair charts, with the look and the language of their reader; knows neither store nor page."""

from altair.utils import schemapi

# A chart is checked as a whole when it is written out. To check each of its parts when it is made as well takes as long
# again; and to find out the class of a channel given as a string takes longer than both, so charts name the class.
schemapi.disable_debug_mode()
