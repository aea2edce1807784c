package io.breakwater.adapter.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * A Redis script on one key that returns a number. It is called by its digest, and sent when Redis does not know it.
 */
final class Script {
    private final byte[] text;
    private final byte[] digest;

    Script(String text) {
        this.text = text.getBytes(US_ASCII);
        this.digest = HexFormat.of().formatHex(sha1(this.text)).getBytes(US_ASCII);
    }

    long run(UnifiedJedis redis, byte[] key, List<byte[]> arguments) {
        try {
            return (Long) redis.evalsha(digest, List.of(key), arguments);
        } catch (JedisNoScriptException e) {
            return (Long) redis.eval(text, List.of(key), arguments);
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
