"""Wiring: settings, root URLs, server entry point and the console command. Sits on top and holds no rules."""
