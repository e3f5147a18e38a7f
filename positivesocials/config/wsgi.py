"""HTTP entry point. The server mounts it in threads beside the sockets; see config/asgi.py."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "positivesocials.config.settings")

application = get_wsgi_application()
