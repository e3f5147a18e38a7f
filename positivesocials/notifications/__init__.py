"""Tells a person something; owns the sealed outbox that every mail passes through."""
