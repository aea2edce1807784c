package io.breakwater.core.presentation.protocol.modern;

import io.breakwater.core.presentation.json.Message;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.mcp.McpException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs which clients send header fields that disagree with the body: only their developers can correct this, and the
 * error reaches no operator otherwise. For each client there is at most one warning in a minute, for at most
 * {@value #MAX_CLIENTS} clients, and then one line with the number of further requests. Thread-safe.
 */
final class HeaderMismatchLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.breakwater.request");
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final int MAX_CLIENTS = 10;
    private static final int MAX_METHOD = 50;

    /** The clients that have a warning in this interval, with the number of further requests. */
    private final Map<String, Integer> clients = new HashMap<>(); // guarded by this

    private int others; // guarded by this

    /** Creates the log and starts its timer, which the executors end. */
    HeaderMismatchLog(ServerExecutors executors) {
        executors.scheduleRepeatedly(INTERVAL, this::logRound);
    }

    /** Records a rejected request. */
    void rejected(Message.Request request, IncomingMessage inbound, McpException error) {
        var client = ClientName.of(request.params(), inbound.fields());
        if (isFirst(client)) {
            LOG.atWarn()
                    .addKeyValue("client", client)
                    .addKeyValue("principal", inbound.principal().id())
                    .addKeyValue("address", inbound.peer().address())
                    .log(
                            "The client {} sends requests whose header fields and body disagree; the server rejects"
                                    + " them. {}: {}.",
                            quoted(client),
                            ClientName.harmless(request.method(), MAX_METHOD),
                            error.getMessage());
        }
    }

    private synchronized boolean isFirst(String client) {
        var further = clients.get(client);
        if (further == null && clients.size() == MAX_CLIENTS) {
            others++;
            return false;
        }
        clients.put(client, further == null ? 0 : further + 1);
        return further == null;
    }

    private void logRound() {
        var further = summary();
        if (further != null) {
            LOG.warn("Further requests were rejected because header fields and body disagreed, by client: {}", further);
        }
    }

    private synchronized @Nullable String summary() {
        var counts = new TreeMap<>(clients);
        counts.values().removeIf(count -> count == 0);
        int rest = others;
        clients.clear();
        others = 0;
        var named = counts.entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
        if (rest == 0) {
            return named.isEmpty() ? null : named;
        }
        return named + (named.isEmpty() ? "" : ", ") + "others (" + rest + ")";
    }

    private static String quoted(String client) {
        return client.isEmpty() ? "without a name" : '"' + client + '"';
    }
}
