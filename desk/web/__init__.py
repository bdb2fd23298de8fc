"""The desk on the web: requests in, pages out; everything else in it is plain functions."""
