package io.breakwater.bootstrap.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.adapter.http.outbound.OutboundHttpClient;
import io.breakwater.adapter.http.outbound.OutboundRequest;
import io.breakwater.adapter.http.outbound.ResponseLimits;
import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends checkpoints to a service, each in a POST request whose body is the file {@code checkpoint}, as C2SP tlog-tiles
 * serves it. Every status from 200 to 299 means that the service has the checkpoint.
 */
public final class CheckpointWebhook implements CheckpointDestination {
    /** The media type of a checkpoint in C2SP tlog-tiles. */
    private static final String MEDIA_TYPE = "text/plain; charset=utf-8";

    private static final ResponseLimits LIMITS = new ResponseLimits(16 << 10, Duration.ofSeconds(10));
    private static final int OK = 200;
    private static final int REDIRECT = 300;
    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;

    /** Request Timeout, Too Early and Too Many Requests, which do not mean that the request is wrong. */
    private static final Set<Integer> TEMPORARY = Set.of(408, 425, 429);

    /** Conflict and Unprocessable Content, with which a service can refuse a checkpoint of a log that was rewritten. */
    private static final Set<Integer> CONTRADICTIONS = Set.of(409, 422);

    private final OutboundHttpClient client;
    private final URI url;
    private final Map<String, String> fields;

    private CheckpointWebhook(OutboundHttpClient client, URI url, Map<String, String> fields) {
        this.client = client;
        this.url = url;
        this.fields = fields;
    }

    /**
     * Creates the destination.
     *
     * @param token the token with which the service authenticates the server; null for none
     */
    public static CheckpointWebhook of(OutboundHttpClient client, URI url, @Nullable String token) {
        return new CheckpointWebhook(
                client,
                url,
                token == null
                        ? Map.of("Content-Type", MEDIA_TYPE)
                        : Map.of("Content-Type", MEDIA_TYPE, "Authorization", "Bearer " + token));
    }

    @Override
    public String label() {
        return "webhook";
    }

    @Override
    public String setting() {
        return "audit.checkpoint-webhook";
    }

    @Override
    public void copy(SignedCheckpoint checkpoint, CallContext context) {
        var body = checkpoint.note().content().getBytes(UTF_8);
        int status = client.send(new OutboundRequest("POST", url, fields, body), LIMITS, context)
                .status();
        if (status < OK || status >= REDIRECT) {
            throw failure(status);
        }
    }

    private PortException failure(int status) {
        var answer = "The service " + url.getHost() + " answered " + status;
        boolean refused = status >= CLIENT_ERROR && status < SERVER_ERROR && !TEMPORARY.contains(status);
        if (CONTRADICTIONS.contains(status)) {
            return new PortException.RefusedException(
                    "The service " + url.getHost() + " refused the checkpoint (" + status
                            + "). Check audit.checkpoint-webhook and its token, and run 'breakwater audit verify"
                            + " --against FILE' with a checkpoint that the service has.",
                    null);
        }
        return refused
                ? new PortException.RefusedException(answer + ": check audit.checkpoint-webhook and its token.", null)
                : new PortException.UnavailableException(answer + ".", null, null);
    }
}
