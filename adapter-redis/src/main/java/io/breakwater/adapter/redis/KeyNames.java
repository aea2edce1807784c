package io.breakwater.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.port.driven.RateLimits;
import io.breakwater.port.support.Sha256;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/**
 * Builds the names of keys and channels in Redis: {@code prefix:kind:name}, so that one ACL rule covers them. A prefix
 * contains no colon, so that the names of two deployments never coincide.
 */
record KeyNames(String prefix) {
    private static final Charset CHARSET = UTF_8;

    /** The length of the digest of a group; no two groups share it by chance or on purpose. */
    private static final int GROUP_BYTES = 16;

    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

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

    /**
     * The key of a rate limit: the kind and the digest of its group in braces, which determine the slot in a cluster, and
     * its name. The digest keeps the ids of callers out of Redis.
     */
    byte[] rate(RateLimits.BucketKey key) {
        var scope = key.scope().name().substring(0, 1).toLowerCase(Locale.ROOT);
        return name("rate", "{" + scope + digest(key.group()) + "}" + key.name());
    }

    private static String digest(String group) {
        return group.isEmpty()
                ? ""
                : TEXT.encodeToString(Arrays.copyOf(Sha256.of(group.getBytes(CHARSET)), GROUP_BYTES));
    }

    private byte[] name(String kind, String name) {
        return (prefix + ":" + kind + ":" + name).getBytes(CHARSET);
    }
}
