-- Nobody but the store's own role sees into its schema.
REVOKE ALL ON SCHEMA "${flyway:defaultSchema}" FROM PUBLIC;

CREATE TABLE users (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text        NOT NULL,
    email      text        NOT NULL,
    version    bigint      NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
-- Addresses are kept as they are written and compared without regard to case.
CREATE UNIQUE INDEX users_email ON users (lower(email));

-- json, not jsonb: numbers keep their digits and members their order.
CREATE TABLE documents (
    id         text        COLLATE "C" PRIMARY KEY,
    content    json        NOT NULL,
    version    bigint      NOT NULL DEFAULT 1,
    updated_at timestamptz NOT NULL DEFAULT now()
);
