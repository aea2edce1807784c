package io.breakwater.adapter.redis;

import io.breakwater.port.Failure;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * What goes wrong with Redis, in words that hold no address and no secret. Whatever it is, to a caller Redis is
 * unavailable; the words are for the operator who reads the health report.
 */
final class Faults {

    /** The first word of an error that Redis answers with, and what it means to us. */
    private static final Map<String, String> ANSWERS = Map.ofEntries(
            Map.entry("WRONGPASS", "Redis refuses the user or the password."),
            Map.entry("NOAUTH", "Redis asks for a password, and none is set."),
            Map.entry("NOPERM", "Redis does not allow its user what the server needs."),
            Map.entry("LOADING", "Redis is still loading its data."),
            Map.entry("OOM", "Redis is full; its maxmemory-policy should let it evict."),
            Map.entry("MISCONF", "Redis refuses writes, because it cannot save its data."),
            Map.entry("READONLY", "Redis is a replica here, and takes no writes."),
            Map.entry("MASTERDOWN", "Redis is a replica here, and has lost its primary."),
            Map.entry("CLUSTERDOWN", "The Redis cluster does not serve all of its slots."),
            Map.entry("BUSY", "Redis is busy with somebody's script."));

    /** How Jedis begins its complaint about an answer that is not of Redis's protocol. */
    private static final String UNKNOWN_REPLY = "Unknown reply: ";

    private Faults() {}

    /** What went wrong on another thread, for this one to throw. */
    static Failure translate(ExecutionException fault) {
        var cause = fault.getCause();
        return translate(cause == null ? fault : cause);
    }

    /** Anything that went wrong. */
    static Failure translate(Throwable fault) {
        return unavailable(words(fault), fault);
    }

    private static String words(Throwable fault) {
        if (fault instanceof Failure && fault.getMessage() != null) {
            return fault.getMessage();
        }
        if (fault instanceof JedisDataException && fault.getMessage() != null) {
            var code = fault.getMessage().split(" ", 2)[0];
            return ANSWERS.getOrDefault(code, "Redis answers with an error.");
        }
        if (has(fault, SSLException.class)) {
            return "No encrypted connection to Redis comes about; is its certificate trusted, and made for its name?";
        }
        var foreign = foreign(fault);
        if (foreign != null) {
            return foreign;
        }
        if (has(fault, UnknownHostException.class)) {
            return "The host name of Redis is not known.";
        }
        if (isTimeout(fault)) {
            return "Redis does not answer.";
        }
        return "Redis cannot be reached.";
    }

    /** What a server of another protocol is, told by the first character of its answer; null when it was none. */
    private static @Nullable String foreign(Throwable fault) {
        return all(fault)
                .map(cause -> String.valueOf(cause.getMessage()))
                .filter(message -> message.startsWith(UNKNOWN_REPLY) && message.length() > UNKNOWN_REPLY.length())
                .map(message -> foreign(message.charAt(UNKNOWN_REPLY.length())))
                .findFirst()
                .orElse(null);
    }

    private static String foreign(char first) {
        return switch (first) {
            case 'H', '<' -> "The server at redis.url speaks HTTP, not Redis's protocol.";
            default -> "The server at redis.url does not speak Redis's protocol.";
        };
    }

    /** Nobody answered, so that asking again would take as long again. */
    static boolean isTimeout(Throwable fault) {
        return has(fault, SocketTimeoutException.class);
    }

    /** The key holds something that only others put there. */
    static boolean isForeign(JedisDataException fault) {
        return fault.getMessage() != null && fault.getMessage().startsWith("WRONGTYPE");
    }

    private static boolean has(Throwable fault, Class<? extends Throwable> type) {
        return all(fault).anyMatch(type::isInstance);
    }

    private static Stream<Throwable> all(Throwable fault) {
        return Stream.iterate(fault, cause -> cause != null, Throwable::getCause)
                .limit(10)
                .flatMap(cause -> Stream.concat(Stream.of(cause), Stream.of(cause.getSuppressed())));
    }

    static Failure notYet() {
        return unavailable("Redis is not connected yet.", null);
    }

    static Failure closed() {
        return unavailable("The connection to Redis is closed.", null);
    }

    static Failure slow(TimeoutException e) {
        return unavailable("Redis does not answer in time.", e);
    }

    static Failure busy() {
        return unavailable("All connections to Redis are in use.", null);
    }

    static Failure interrupted(InterruptedException e) {
        return unavailable("Interrupted while waiting for Redis.", e);
    }

    private static Failure unavailable(String words, @Nullable Throwable cause) {
        return new Failure.Unavailable(words, null, cause);
    }
}
