package io.breakwater.bootstrap.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;

/** Plain HTTP, with failures told in sentences. */
public final class HttpRequests {
    private HttpRequests() {}

    /**
     * Sends, and waits for the whole answer.
     *
     * @throws UnreachableServerException when there is none
     */
    public static HttpResponse<byte[]> send(HttpClient client, HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException failed) {
            throw new UnreachableServerException(sentence(request, failed), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UnreachableServerException("Interrupted while waiting for " + request.uri() + ".", stopped);
        }
    }

    private static String sentence(HttpRequest request, IOException failed) {
        return switch (failed) {
            case HttpConnectTimeoutException late -> request.uri() + " cannot be reached in time.";
            case ConnectException refused -> "Nothing listens at " + request.uri() + "; is the server running?";
            case HttpTimeoutException late -> request.uri() + " did not answer in time.";
            default -> request.uri() + " did not answer: " + failed.getMessage() + ".";
        };
    }
}
