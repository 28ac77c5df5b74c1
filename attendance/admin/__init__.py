"""Attendance in the back office."""
