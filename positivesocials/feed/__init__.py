"""What a member follows in the groups, newest first: chosen by them alone, and with an end."""
