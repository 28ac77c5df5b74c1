"""What is printed for the days of the meeting: badges, table signs, attendance sheets and sheets for the desk."""
