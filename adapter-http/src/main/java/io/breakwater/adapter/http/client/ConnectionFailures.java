package io.breakwater.adapter.http.client;

import io.breakwater.port.PortException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Describes why an HTTP request has no response. */
public final class ConnectionFailures {
    private ConnectionFailures() {}

    /** Returns the exception for a failure of the JDK's HTTP client; its message is a sentence with the reason. */
    public static PortException exception(URI uri, Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof PortException known
                ? known
                : new PortException.UnavailableException(sentence(uri, cause), null, cause);
    }

    /** Whether no authority that the client trusts has issued the certificate of the server. */
    public static boolean isUntrusted(Throwable failure) {
        return isCausedBy(failure, CertPathBuilderException.class);
    }

    private static String sentence(URI uri, Throwable failure) {
        return switch (failure) {
            case HttpConnectTimeoutException late -> uri + ": the connection timed out.";
            case HttpTimeoutException late -> uri + " did not answer in time.";
            case SSLException untrusted
            when isUntrusted(untrusted) ->
                "The certificate of " + uri + " is not trusted: no authority that this client knows has issued it.";
            case SSLException insecure ->
                "The TLS connection to " + uri + " failed: " + withoutFullStop(failure.getMessage()) + ".";
            case ConnectException refused when causedByName(refused) -> unknownHost(uri);
            case UnknownHostException unknown -> unknownHost(uri);
            case ConnectException refused -> "No server listens at " + uri + ". Is it running?";
            default -> "The connection to " + uri + " failed: " + withoutFullStop(failure.getMessage()) + ".";
        };
    }

    private static String unknownHost(URI uri) {
        return "The host name " + uri.getHost() + " is unknown. Is it spelled correctly?";
    }

    /** The HTTP client reports an unknown host as a connection failure. */
    private static boolean causedByName(Throwable failure) {
        return isCausedBy(failure, UnresolvedAddressException.class) || isCausedBy(failure, UnknownHostException.class);
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static String withoutFullStop(@Nullable String message) {
        if (message == null || message.isBlank()) {
            return "the connection broke";
        }
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
