"""Invented people for a demo instance. Refuses to run anywhere else."""
