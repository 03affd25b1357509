"""The only writers of the desk: notices, the queue, decisions, complaints, deputies, misuse, upkeep."""
