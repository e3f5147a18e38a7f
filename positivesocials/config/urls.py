"""Root URLs: one include a context. Paths are neutral words."""

from importlib.util import find_spec

from django.urls import include, path

CONTEXTS = [
    "core",
    "accounts",
    "notifications",
    "privacy",
    "safety",
    "care",
    "moderation",
    "profiles",
    "hosts",
    "replies",
    "messaging",
    "claims",
    "matching",
    "groups",
    "events",
    "polls",
    "articles",
    "feed",
    "newsletter",
    "gathering",
    "search",
    "asking",
    "onboarding",
    "demo",
    "home",
]
urlpatterns = [
    path("", include(f"positivesocials.{name}.urls"))
    for name in CONTEXTS
    if find_spec(f"positivesocials.{name}.urls")
]
# The editors' desk names its own addresses, so it stands outside the context's namespace.
urlpatterns.append(path("", include("positivesocials.articles.desk")))
