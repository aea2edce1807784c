package io.breakwater.adapter.postgres.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** The JSON literals for booleans. */
final class JsonLiterals {
    static final byte[] TRUE = "true".getBytes(US_ASCII);
    static final byte[] FALSE = "false".getBytes(US_ASCII);

    private JsonLiterals() {}
}
