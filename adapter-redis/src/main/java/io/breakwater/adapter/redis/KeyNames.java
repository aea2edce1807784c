package io.breakwater.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;

/**
 * Under which names our things stand in Redis: {@code prefix:kind:name}, so that one rule of an ACL covers them. A
 * prefix holds no colon, so that no name of one deployment is one of another's too.
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

    /** The channel of a topic. */
    byte[] event(String topic) {
        return name("event", topic);
    }

    private byte[] name(String kind, String name) {
        return (prefix + ":" + kind + ":" + name).getBytes(CHARSET);
    }
}
