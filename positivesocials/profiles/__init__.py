"""The face others see: personas, individuals and couples, circles and places."""
