-- The accounts that can log in with a password. An account is disabled, never deleted.
CREATE TABLE accounts (
    id               bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name             text        COLLATE "C" NOT NULL,
    password_hash    text        NOT NULL,
    roles            text[]      NOT NULL,
    disabled         boolean     NOT NULL DEFAULT false,
    token_generation integer     NOT NULL DEFAULT 1,
    version          bigint      NOT NULL DEFAULT 1,
    created_at       timestamptz NOT NULL DEFAULT now(),
    updated_at       timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT accounts_name UNIQUE (name)
);

-- The failed logins under a name, whether or not there is such an account. The key is a digest of the name.
CREATE TABLE login_failures (
    key          text        COLLATE "C" PRIMARY KEY,
    failures     integer     NOT NULL,
    last_failure timestamptz NOT NULL
);
CREATE INDEX login_failures_last_failure ON login_failures (last_failure);

-- Each revocation increases this number. Its row is locked until the revocation is committed, so that the order of the
-- versions is the order in which readers see them.
CREATE TABLE revocation_version (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    version  bigint  NOT NULL
);
INSERT INTO revocation_version (version) VALUES (0);

-- The tokens that were revoked before they expired.
CREATE TABLE revocations (
    issuer     text        COLLATE "C" NOT NULL,
    token_id   text        COLLATE "C" NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz NOT NULL DEFAULT now(),
    version    bigint      NOT NULL,
    PRIMARY KEY (issuer, token_id)
);
CREATE UNIQUE INDEX revocations_version ON revocations (version);
CREATE INDEX revocations_expires_at ON revocations (expires_at);
