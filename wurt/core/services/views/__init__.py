"""Pages of services: for everybody, for the desk."""
