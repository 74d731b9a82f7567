-- Counters of minutes: every request writes here, and a crash may forget them. Unlogged, a count waits for no disk.
ALTER TABLE "rate_limits" SET UNLOGGED;
