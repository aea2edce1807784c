package io.breakwater.bootstrap.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;

/** Sends HTTP requests, with readable messages for failures. */
public final class HttpRequests {
    private HttpRequests() {}

    /**
     * Sends a request, and waits for the whole response.
     *
     * @throws UnreachableServerException when there is no response
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
            case HttpConnectTimeoutException late -> request.uri() + ": the connection timed out.";
            case ConnectException refused -> "No server listens at " + request.uri() + ". Is it running?";
            case HttpTimeoutException late -> request.uri() + " did not answer in time.";
            default -> request.uri() + " did not answer: " + failed.getMessage() + ".";
        };
    }
}
