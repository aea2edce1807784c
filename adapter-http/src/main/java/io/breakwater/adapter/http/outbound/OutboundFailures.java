package io.breakwater.adapter.http.outbound;

import io.breakwater.port.PortException;
import io.breakwater.port.SettingNames;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.TooLongFrameException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Describes why a request has no response. */
final class OutboundFailures {
    private final SettingNames names;

    OutboundFailures(SettingNames names) {
        this.names = names;
    }

    /** Returns the exception for a failed step; its message is one or two sentences for the caller. */
    PortException exception(String origin, @Nullable Throwable failure) {
        return failure instanceof PortException known
                ? known
                : new PortException.UnavailableException(message(origin, failure), null, failure);
    }

    /** Returns one or two sentences for the caller. */
    String message(String origin, @Nullable Throwable failure) {
        return cause(failure, CertificateException.class)
                .map(invalid -> "The certificate of " + origin + " is not trusted for this name: "
                        + withoutFullStop(invalid.getMessage()) + ". Correct the name in the URL, or add the authority"
                        + " of the certificate to " + names.nameOf(TrustedAuthorities.TRUST_STORE) + ".")
                .orElseGet(() -> sentence(origin, failure));
    }

    private static String sentence(String origin, @Nullable Throwable failure) {
        return switch (failure) {
            case UnknownHostException unknown ->
                "The host name of " + origin
                        + " has no address. Check its spelling, and the name servers of this machine.";
            case ConnectTimeoutException late ->
                "No connection to " + origin + " in time. Check that the service runs, and the firewalls on the way.";
            case ConnectionPoolTooBusyException busy -> "Too many concurrent requests to " + origin + ". Retry later.";
            case ConnectException refused -> origin + " does not accept connections. Check that the service runs.";
            case SSLException insecure ->
                "The TLS connection to " + origin + " failed: " + withoutFullStop(insecure.getMessage()) + ".";
            case RejectedExecutionException closed -> "The HTTP client is closed.";
            case HttpClosedException closed -> broken(origin);
            case IOException closed -> broken(origin);
            case TooLongFrameException tooLong ->
                "The status line or the header fields in the response of " + origin + " are larger than the limit.";
            case null, default -> "The response of " + origin + " is not valid HTTP/1.1.";
        };
    }

    private static String broken(String origin) {
        return origin + " closed the connection before its response was complete.";
    }

    private static <E extends Throwable> Optional<E> cause(@Nullable Throwable failure, Class<E> type) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }

    private static String withoutFullStop(@Nullable String message) {
        var text = message == null || message.isBlank()
                ? "no reason was given"
                : message.lines().findFirst().orElse("");
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
