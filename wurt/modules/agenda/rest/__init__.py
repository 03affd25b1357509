"""The open interface: read-only JSON under ``/api/``, described by OpenAPI. The same truth as the pages."""
