package io.breakwater.adapter.redis;

import io.breakwater.port.PortException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * What goes wrong with Redis, in words that hold no address and no secret. Whatever it is, to a caller Redis is
 * unavailable; the words are for the operator who reads the health report.
 */
final class ErrorTranslator {

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
            Map.entry("MOVED", "Redis is a cluster here; set redis.mode to cluster."),
            Map.entry("CLUSTERDOWN", "The Redis cluster does not serve all of its slots."),
            Map.entry("BUSY", "Redis is busy with somebody's script."));

    /** How Jedis begins its complaint about an answer that is not of Redis's protocol. */
    private static final String UNKNOWN_REPLY = "Unknown reply: ";

    /** Where an answer of Redis begins to repeat the command. */
    private static final Pattern REPEATED = Pattern.compile(",? with args| ['`\"]");

    private static final int LONGEST = 200;

    /** The first byte of what a server says that expects TLS and gets something else. */
    private static final char TLS_ALERT = 0x15;

    private ErrorTranslator() {}

    /** What went wrong on another thread, for this one to throw. */
    static PortException translate(ExecutionException fault) {
        var cause = fault.getCause();
        return translate(cause == null ? fault : cause);
    }

    /** Anything that went wrong. */
    static PortException translate(Throwable fault) {
        return unavailable(words(fault), fault);
    }

    private static String words(Throwable fault) {
        if (fault instanceof PortException && fault.getMessage() != null) {
            return fault.getMessage();
        }
        if (fault instanceof JedisDataException && fault.getMessage() != null) {
            return answered(fault.getMessage());
        }
        if (isAnsweredWithoutTls(fault)) {
            return "The server at redis.url does not answer with TLS; write redis:// instead of rediss:// if it has none.";
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

    private static String answered(String error) {
        if (error.contains("DB index is out of range")) {
            return "Redis has no database of the number that redis.url ends in; take one that it has.";
        }
        return Optional.ofNullable(ANSWERS.get(error.split(" ", 2)[0]))
                .orElseGet(() -> "Redis answers with an error: " + quoted(error));
    }

    /** Its own words, but not what it repeats of a command: that may be a password. */
    private static String quoted(String error) {
        var words = REPEATED.split(error, 2)[0].replaceAll("[^\\x20-\\x7e]", "?");
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "…";
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
            case TLS_ALERT -> "The server at redis.url speaks TLS; write rediss:// instead of redis://.";
            default -> "The server at redis.url does not speak Redis's protocol.";
        };
    }

    /** A Redis without TLS takes a handshake for the beginning of a command, and mostly waits for its end. */
    private static boolean isAnsweredWithoutTls(Throwable fault) {
        return all(fault).anyMatch(ErrorTranslator::isWithoutTls);
    }

    private static boolean isWithoutTls(Throwable cause) {
        return cause instanceof SocketTimeoutException
                ? isOfHandshake(cause)
                : String.valueOf(cause.getMessage()).startsWith("Unsupported or unrecognized SSL message");
    }

    private static boolean isOfHandshake(Throwable cause) {
        return Arrays.stream(cause.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("startHandshake"));
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

    static PortException notYet() {
        return unavailable("Redis is not connected yet.", null);
    }

    static PortException closed() {
        return unavailable("The connection to Redis is closed.", null);
    }

    static PortException slow(TimeoutException e) {
        return unavailable("Redis does not answer in time.", e);
    }

    static PortException noConnection() {
        return unavailable("All connections to Redis are in use.", null);
    }

    static PortException interrupted(InterruptedException e) {
        return unavailable("Interrupted while waiting for Redis.", e);
    }

    private static PortException unavailable(String words, @Nullable Throwable cause) {
        return new PortException.UnavailableException(words, null, cause);
    }
}
