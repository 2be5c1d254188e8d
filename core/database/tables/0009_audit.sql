-- The seals of the trail: what was written gets a gap-free position and a hash behind the writers' backs, and hashes make a chain.

-- What is sealed is found by the transaction that wrote it: ids are not committed in order.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX audit_events_xid ON app.audit_events (xid, id);
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX transfers_xid ON app.transfers (xid, id);

CREATE TABLE app.leaves (
    stream text NOT NULL CHECK (stream IN ('events', 'ledger')),
    position bigint NOT NULL CHECK (position > 0),
    row_id bigint NOT NULL,
    leaf bytea NOT NULL CHECK (octet_length(leaf) = 32),
    PRIMARY KEY (stream, position),
    UNIQUE (stream, row_id)
);
COMMENT ON TABLE app.leaves IS 'One row for each sealed row of a stream (an event of the trail, a transfer with its entries): its position from 1 on without a gap, and its hash.';

CREATE TABLE app.seals (
    stream text NOT NULL CHECK (stream IN ('events', 'ledger')),
    position bigint NOT NULL CHECK (position >= 0),
    head bytea NOT NULL CHECK (octet_length(head) = 32),
    xid xid8 NOT NULL,
    row_id bigint NOT NULL,
    newest timestamptz NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (stream, position)
);
COMMENT ON TABLE app.seals IS 'One row for each time rows of a stream were sealed, up to `position`: the head is the hash of the head before and of their leaves.';
COMMENT ON COLUMN app.seals.xid IS 'With row_id where sealing stood: rows are sealed in the order of their transaction and id, and nothing is added below.';
COMMENT ON COLUMN app.seals.newest IS 'The latest time in the rows: what is sealed later and says it is much older was written in afterwards.';
INSERT INTO app.seals (stream, position, head, xid, row_id, newest) VALUES
    ('events', 0, sha256('rachel events'), '0', 0, '-infinity'),
    ('ledger', 0, sha256('rachel ledger'), '0', 0, '-infinity');

CREATE TABLE app.streams (
    stream text PRIMARY KEY CHECK (stream IN ('events', 'ledger'))
);
COMMENT ON TABLE app.streams IS 'One row for each stream of rows that is sealed; whoever seals it holds the row, so that one does at a time.';
INSERT INTO app.streams (stream) VALUES ('events'), ('ledger');

CREATE TRIGGER leaves_are_for_ever BEFORE UPDATE OR DELETE ON app.leaves FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER leaves_are_never_emptied BEFORE TRUNCATE ON app.leaves FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER seals_are_for_ever BEFORE UPDATE OR DELETE ON app.seals FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER seals_are_never_emptied BEFORE TRUNCATE ON app.seals FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();

GRANT SELECT, INSERT ON app.leaves, app.seals TO r_audit;
GRANT SELECT, UPDATE ON app.streams TO r_audit;
GRANT SELECT ON app.transfers, app.entries TO r_audit;
GRANT SELECT ON app.leaves TO r_view;
GRANT SELECT ON app.seals TO r_view, r_api;
