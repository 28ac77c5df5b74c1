"""What changes bookings, badges, presence and certificates."""
