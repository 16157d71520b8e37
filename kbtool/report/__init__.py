"""Findings and signals as text and JSON."""
