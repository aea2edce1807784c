package io.breakwater.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;

/**
 * Builds the names of keys and channels in Redis: {@code prefix:kind:name}, so that one ACL rule covers them. A prefix
 * contains no colon, so that the names of two deployments never coincide.
 */
record KeyNames(String prefix) {
    private static final Charset CHARSET = UTF_8;

    /** The key of a cached value. */
    byte[] value(String key) {
        return name("value", key);
    }

    /** The key of a lease. */
    byte[] lease(String name) {
        return name("lease", name);
    }

    /** The key of a used nonce. */
    byte[] nonce(String nonce) {
        return name("nonce", nonce);
    }

    /** The channel of a topic. */
    byte[] event(String topic) {
        return name("event", topic);
    }

    private byte[] name(String kind, String name) {
        return (prefix + ":" + kind + ":" + name).getBytes(CHARSET);
    }
}
