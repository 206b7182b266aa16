"""The words of the studio: plans, estimates, events, commands, errors. Pure values; no torch, no Qt, no disk but the plan file."""
