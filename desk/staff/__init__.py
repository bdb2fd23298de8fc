"""The screens of staff: overviews, verification, announcements, imports."""
