"""The only writers of campaigns, press contacts and mails to the press."""
