"""The entry of the app: everything around the pages."""

from smartdash.ui import router

router.run()
