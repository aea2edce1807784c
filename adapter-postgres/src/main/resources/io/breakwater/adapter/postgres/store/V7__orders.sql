-- How far an order has come that several services create. The key is the digest of an idempotency key. The stage is saved
-- before the request to the next service. One run has the claim; without a run, an order that has not ended is due at
-- due_at, and is then continued by any server.
CREATE TABLE orders (
    key           bytea       PRIMARY KEY,
    fingerprint   bytea       NOT NULL,
    stage         text        COLLATE "C" NOT NULL,
    details       text        NOT NULL,
    attempts      integer     NOT NULL DEFAULT 0,
    claim         uuid        NOT NULL,
    claimed_until timestamptz NOT NULL,
    due_at        timestamptz NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now(),
    expires_at    timestamptz NOT NULL
);
CREATE INDEX orders_due_at ON orders (due_at) WHERE stage <> 'ended';
CREATE INDEX orders_expires_at ON orders (expires_at) WHERE stage = 'ended';
