"""The steps, one module each; their order is in `down_revision`."""
