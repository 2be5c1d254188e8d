-- Health: how busy the server was, minute by minute, as the worker saw it.

CREATE TABLE app.load_minutes (
    minute timestamptz PRIMARY KEY,
    samples integer NOT NULL CHECK (samples > 0),
    connections integer NOT NULL CHECK (connections >= 0),
    listeners integer NOT NULL CHECK (listeners >= 0),
    active integer NOT NULL CHECK (active >= 0),
    on_lock integer NOT NULL CHECK (on_lock BETWEEN 0 AND active),
    on_wal integer NOT NULL CHECK (on_wal BETWEEN 0 AND active),
    processor integer CHECK (processor BETWEEN 0 AND 1000),
    commit_time integer CHECK (commit_time >= 0),
    commits bigint NOT NULL,
    deadlocks bigint NOT NULL
);
COMMENT ON TABLE app.load_minutes IS 'One row for each minute a worker watched the server; kept for eight days.';
COMMENT ON COLUMN app.load_minutes.samples IS 'Looks at the server; connections and listeners are the most of any of them, active and what waits are added up over them.';
COMMENT ON COLUMN app.load_minutes.processor IS 'Thousandths of the whole machine; null where the worker is not on it.';
COMMENT ON COLUMN app.load_minutes.commit_time IS 'Microseconds that the worker waited for its last small commit.';
COMMENT ON COLUMN app.load_minutes.commits IS 'The server''s own count since it began counting, as deadlocks.';

GRANT SELECT, INSERT, DELETE ON app.load_minutes TO r_api;
GRANT UPDATE (processor) ON app.load_minutes TO r_api;
GRANT SELECT ON app.load_minutes TO r_view;
