"""What the window borrows from the desktop around it: task bar, notifications, wakefulness, language."""
