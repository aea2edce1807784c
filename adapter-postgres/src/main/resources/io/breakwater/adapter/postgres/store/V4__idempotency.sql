-- The idempotency keys of callers, as digests, and what belongs to them. A row without a claim was inserted in the
-- transaction of the write that it records. A row with a claim belongs to a call whose effect is elsewhere.
CREATE TABLE idempotency (
    key           bytea       PRIMARY KEY,
    tool          text        COLLATE "C" NOT NULL,
    fingerprint   bytea       NOT NULL,
    claim         uuid,
    claimed_until timestamptz,
    finished      boolean     NOT NULL,
    result        text,
    created_at    timestamptz NOT NULL DEFAULT now(),
    expires_at    timestamptz NOT NULL
);
CREATE INDEX idempotency_expires_at ON idempotency (expires_at);
