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
 * Translates failures of Redis into messages without addresses and secrets. For callers, Redis is unavailable in every
 * case; the messages are for the operator who reads the health report.
 */
final class ErrorTranslator {

    /** The message for each code, which is the first word of an error reply from Redis. */
    private static final Map<String, String> MESSAGES_BY_CODE = Map.ofEntries(
            Map.entry("WRONGPASS", "Redis refuses the user or the password."),
            Map.entry("NOAUTH", "Redis requires a password, but none is set; add it to the URL."),
            Map.entry("NOPERM", "The Redis user does not have the permissions that the server needs."),
            Map.entry("LOADING", "Redis is still loading its data."),
            Map.entry("OOM", "Redis is full and refuses writes; raise its maxmemory."),
            Map.entry("MISCONF", "Redis refuses writes, because it cannot save its data."),
            Map.entry("READONLY", "The server at the URL of Redis is a replica, which accepts no writes."),
            Map.entry("MASTERDOWN", "The server at the URL of Redis is a replica that has lost its primary."),
            Map.entry("MOVED", "The server at the URL of Redis is part of a cluster; use the mode cluster."),
            Map.entry("CLUSTERDOWN", "The Redis cluster does not serve all of its slots."),
            Map.entry("BUSY", "Redis is busy with a long-running script."));

    /** The beginning of the message of Jedis about a reply that does not follow the Redis protocol. */
    private static final String UNKNOWN_REPLY = "Unknown reply: ";

    /** Matches where an error reply begins to repeat the command. */
    private static final Pattern REPEATED_COMMAND = Pattern.compile(",? with args| ['`\"]");

    private static final int MAX_QUOTED_LENGTH = 200;

    /** The first byte that a TLS server sends when it receives something other than TLS. */
    private static final char TLS_ALERT = 0x15;

    private ErrorTranslator() {}

    /** Translates the failure of another thread into an exception for the current one. */
    static PortException translate(ExecutionException fault) {
        var cause = fault.getCause();
        return translate(cause == null ? fault : cause);
    }

    /** Translates any failure. */
    static PortException translate(Throwable fault) {
        return unavailable(message(fault), fault);
    }

    private static String message(Throwable fault) {
        if (fault instanceof PortException && fault.getMessage() != null) {
            return fault.getMessage();
        }
        if (fault instanceof JedisDataException && fault.getMessage() != null) {
            return describeErrorReply(fault.getMessage());
        }
        if (isServerWithoutTls(fault)) {
            return "The server at the URL of Redis does not answer with TLS; write redis:// instead of rediss:// if it has"
                    + " none.";
        }
        if (has(fault, SSLException.class)) {
            return "The TLS connection to Redis failed; check that its certificate is trusted and valid for the host.";
        }
        var otherProtocol = describeOtherProtocol(fault);
        if (otherProtocol != null) {
            return otherProtocol;
        }
        if (has(fault, UnknownHostException.class)) {
            return "The host name of Redis cannot be resolved.";
        }
        if (isTimeout(fault)) {
            return "Redis does not answer.";
        }
        return "Redis cannot be reached.";
    }

    private static String describeErrorReply(String error) {
        if (error.contains("DB index is out of range")) {
            return "Redis has no database with the number at the end of the URL; use a number that exists.";
        }
        return Optional.ofNullable(MESSAGES_BY_CODE.get(error.split(" ", 2)[0]))
                .orElseGet(() -> "Redis answers with an error: " + quote(error));
    }

    /** Quotes the error without the command that it repeats, because a command may contain a password. */
    private static String quote(String error) {
        var text = REPEATED_COMMAND.split(error, 2)[0].replaceAll("[^\\x20-\\x7e]", "?");
        return text.length() <= MAX_QUOTED_LENGTH ? text : text.substring(0, MAX_QUOTED_LENGTH) + "…";
    }

    /** Names the protocol of a server that is not Redis, by the first character of its reply; null when it is Redis. */
    private static @Nullable String describeOtherProtocol(Throwable fault) {
        return all(fault)
                .map(cause -> String.valueOf(cause.getMessage()))
                .filter(message -> message.startsWith(UNKNOWN_REPLY) && message.length() > UNKNOWN_REPLY.length())
                .map(message -> describeOtherProtocol(message.charAt(UNKNOWN_REPLY.length())))
                .findFirst()
                .orElse(null);
    }

    private static String describeOtherProtocol(char first) {
        return switch (first) {
            case 'H', '<' -> "The server at the URL of Redis uses HTTP, not the Redis protocol.";
            case TLS_ALERT -> "The server at the URL of Redis uses TLS; write rediss:// instead of redis://.";
            default -> "The server at the URL of Redis does not use the Redis protocol.";
        };
    }

    /** A Redis server without TLS reads a handshake as the beginning of a command, and usually waits for its end. */
    private static boolean isServerWithoutTls(Throwable fault) {
        return all(fault).anyMatch(ErrorTranslator::isReplyWithoutTls);
    }

    private static boolean isReplyWithoutTls(Throwable cause) {
        return cause instanceof SocketTimeoutException
                ? isFromHandshake(cause)
                : String.valueOf(cause.getMessage()).startsWith("Unsupported or unrecognized SSL message");
    }

    private static boolean isFromHandshake(Throwable cause) {
        return Arrays.stream(cause.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("startHandshake"));
    }

    /** Whether Redis did not reply in time; a retry would probably take as long again. */
    static boolean isTimeout(Throwable fault) {
        return has(fault, SocketTimeoutException.class);
    }

    /** Whether the key holds a value of a type that this server never stores. */
    static boolean isForeignValue(JedisDataException fault) {
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

    static PortException notConnected() {
        return unavailable("Redis is not connected yet.", null);
    }

    static PortException closed() {
        return unavailable("The connection to Redis is closed.", null);
    }

    static PortException timeout(TimeoutException e) {
        return unavailable("Redis does not answer in time.", e);
    }

    static PortException noConnection() {
        return unavailable("All connections to Redis are in use.", null);
    }

    static PortException interrupted(InterruptedException e) {
        return unavailable("Interrupted while waiting for Redis.", e);
    }

    private static PortException unavailable(String message, @Nullable Throwable cause) {
        return new PortException.UnavailableException(message, null, cause);
    }
}
