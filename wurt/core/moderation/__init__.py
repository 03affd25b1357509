"""The moderation desk: notice, decision, statement of reasons, complaint. See README.md."""
