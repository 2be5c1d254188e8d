-- Reading the trail: an index for each filter that the office offers, ending in the order it reads in (at, id), and one for words.
-- Lines of services have no person and mostly no reason: where an index is of those that have one, placing an order pays nothing for it.

-- squawk-ignore require-concurrent-index-creation
CREATE INDEX audit_events_time ON app.audit_events (at, id);
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX audit_events_action ON app.audit_events (action, at, id);
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX audit_events_kitchen ON app.audit_events (kitchen_id, at, id) WHERE kitchen_id IS NOT NULL;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX audit_events_command ON app.audit_events (command_id, at, id);
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX audit_events_person ON app.audit_events (person_id, at, id) WHERE person_id IS NOT NULL;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX audit_events_deeds ON app.audit_events (person_id, action, at, id) WHERE person_id IS NOT NULL;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX audit_events_login ON app.audit_events (login, at, id) WHERE person_id IS NULL;
-- Give a text without accents, dots below and capitals: what core/database/matching.py does to a name (0008). In a function, for an index
-- is used where its very expression stands.
CREATE FUNCTION app.folded(words text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN translate(regexp_replace(normalize(lower(words), NFKD), '[\u0300-\u036f]', '', 'g'), 'ɓɗƙƴŋɛɔəıøłđ', 'bdkyneoeiold');
GRANT EXECUTE ON FUNCTION app.folded TO r_api, r_audit;

-- The words of reasons, as api.find_trail asks for them. Without an extension, for some servers have none.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX audit_events_words ON app.audit_events USING gin (to_tsvector('simple', app.folded(reason))) WHERE reason IS NOT NULL;
