"""One box for everything public: modules register what can be found, Wurt indexes, ranks and explains it."""
