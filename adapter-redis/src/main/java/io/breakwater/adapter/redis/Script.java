package io.breakwater.adapter.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** A Redis script. It is called by its digest, and sent when Redis does not know it. In a cluster, all keys have one slot. */
final class Script {
    private final byte[] text;
    private final byte[] digest;

    Script(String text) {
        this.text = text.getBytes(US_ASCII);
        this.digest = HexFormat.of().formatHex(sha1(this.text)).getBytes(US_ASCII);
    }

    /** Runs a script on one key that returns a number. */
    long run(UnifiedJedis redis, byte[] key, List<byte[]> arguments) {
        return (Long) run(redis, List.of(key), arguments);
    }

    /** Runs a script on several keys that returns numbers. */
    List<Long> runForNumbers(UnifiedJedis redis, List<byte[]> keys, List<byte[]> arguments) {
        return ((List<?>) run(redis, keys, arguments))
                .stream().map(Long.class::cast).toList();
    }

    private Object run(UnifiedJedis redis, List<byte[]> keys, List<byte[]> arguments) {
        try {
            return redis.evalsha(digest, keys, arguments);
        } catch (JedisNoScriptException e) {
            return redis.eval(text, keys, arguments);
        }
    }

    private static byte[] sha1(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
