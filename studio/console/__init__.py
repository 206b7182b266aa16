"""The terminal: screens for events, reports in words, interrupts, the check for a display."""
