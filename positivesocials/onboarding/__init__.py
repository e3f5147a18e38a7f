"""The joining journey across accounts, consent, persona and preferences. Owns no rows."""
