"""Reports, held items and the moderators' queue. Reportable kinds join by registry."""
