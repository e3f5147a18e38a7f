"""Measurements with invented data in a throw-away instance. Nothing imports this but the console command."""
