-- The tables of `perf-log export --to` with kind = postgresql, and of `perf-log export sql`.
-- A row is the numbers of one series in one run; its time is that of the recording, or the next free millisecond.
CREATE TABLE IF NOT EXISTS perf (
  series text NOT NULL,
  benchmark text NOT NULL,
  labels text NOT NULL,
  metric text NOT NULL,
  unit text NOT NULL,
  better text NOT NULL,
  suite text NOT NULL,
  machine text NOT NULL,
  branch text NOT NULL,
  run text NOT NULL,
  "commit" text,
  "time" timestamptz NOT NULL,
  n bigint NOT NULL,
  median double precision NOT NULL,
  "min" double precision,
  "max" double precision,
  summarized boolean NOT NULL,
  PRIMARY KEY (series, suite, machine, branch, "time")
);
CREATE TABLE IF NOT EXISTS perf_rounds (
  series text NOT NULL,
  benchmark text NOT NULL,
  labels text NOT NULL,
  metric text NOT NULL,
  unit text NOT NULL,
  better text NOT NULL,
  suite text NOT NULL,
  machine text NOT NULL,
  branch text NOT NULL,
  run text NOT NULL,
  "commit" text,
  "time" timestamptz NOT NULL,
  round bigint NOT NULL,
  "value" double precision NOT NULL,
  summarized boolean NOT NULL,
  PRIMARY KEY (series, suite, machine, branch, "time", round)
);
