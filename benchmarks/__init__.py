"""Speed and size, measured side by side with a peer in one run. Nothing here is asserted in tests."""
