"""Signing in through another house by OpenID Connect: staff through the county's identity provider, citizens
through a broker such as that of BundID. Rules of linking: docs/adr on sign-in by OpenID Connect."""
