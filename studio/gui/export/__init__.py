"""The export wizard: what, where, review, progress, receipt, next steps."""
