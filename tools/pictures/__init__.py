"""Subjects of the demo pictures: everything is drawn, nothing is photographed."""
