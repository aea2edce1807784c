-- Copies of the checkpoints of audit logs. A row is never changed: another checkpoint of the same log and size is the
-- evidence that the log was rewritten.
CREATE TABLE audit_checkpoints (
    log       text        COLLATE "C" NOT NULL,
    size      bigint      NOT NULL,
    note      text        NOT NULL,
    stored_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (log, size)
);
CREATE INDEX audit_checkpoints_stored_at ON audit_checkpoints (stored_at);
