package io.breakwater.bootstrap.wiring;

import io.breakwater.adapter.postgres.store.PostgresStore;
import io.breakwater.bootstrap.audit.CheckpointCopies;
import io.breakwater.bootstrap.audit.CheckpointDestination;
import io.breakwater.bootstrap.audit.CheckpointTable;
import io.breakwater.bootstrap.audit.CheckpointWebhook;
import io.breakwater.bootstrap.audit.FileAuditLog;
import io.breakwater.bootstrap.config.AuditSettings;
import io.breakwater.bootstrap.config.BreakwaterSettings;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.execution.ServerExecutors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Singleton;

/** The audit log of the server, and the copies of its checkpoints. */
@Singleton
final class Audit {
    private final AuditSettings settings;
    private final Optional<PostgresStore> store;
    private final OutboundConnections connections;

    @Inject
    Audit(BreakwaterSettings settings, Optional<PostgresStore> store, OutboundConnections connections) {
        this.settings = settings.audit();
        this.store = store;
        this.connections = connections;
    }

    /** Records calls, if the configuration says so. The copies end before the systems to which they are sent close. */
    void addTo(BreakwaterBuilder builder) {
        if (settings.file() != null) {
            var copies = copies(builder);
            var log = FileAuditLog.open(settings.file(), copies);
            builder.auditLog(log, settings.onFailure()).onClose(log);
            builder.metrics(copies::bindTo);
            copies.dependencies().forEach(builder::dependency);
        }
    }

    private CheckpointCopies copies(BreakwaterBuilder builder) {
        var destinations = destinations(builder);
        if (destinations.isEmpty()) {
            return CheckpointCopies.NONE;
        }
        var executors = ServerExecutors.standard();
        builder.executors(executors);
        return CheckpointCopies.to(destinations, executors);
    }

    private List<CheckpointDestination> destinations(BreakwaterBuilder builder) {
        var destinations = new ArrayList<CheckpointDestination>();
        var checkpoints = settings.checkpoints();
        if (checkpoints.webhook() != null) {
            var token = checkpoints.webhookToken();
            destinations.add(CheckpointWebhook.of(
                    connections.client(builder), checkpoints.webhook(), token == null ? null : token.reveal()));
        }
        if (checkpoints.store()) {
            store.ifPresent(opened -> destinations.add(new CheckpointTable(opened.checkpoints())));
        }
        return destinations;
    }
}
