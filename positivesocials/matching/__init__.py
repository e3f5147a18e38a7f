"""Meeting in two modes: preferences, compatibility, likes and matches."""
