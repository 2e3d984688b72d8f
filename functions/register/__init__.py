"""The web team keeps the registry: who has access, and who has it no longer (ADR 0010)."""
