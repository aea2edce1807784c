package io.breakwater.bootstrap.config;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The places to which the checkpoints of the audit log are copied, in addition to the server's log.
 *
 * @param webhook the URL of the service to which they are sent; null for none
 * @param webhookToken the token with which this service authenticates the server; null for none
 * @param store whether the store receives them
 */
public record CheckpointSettings(
        @Nullable URI webhook, @Nullable SecretValue webhookToken, boolean store) {

    static final Setting<URI> WEBHOOK = Setting.url("checkpoint-webhook")
            .description(
                    "The URL of a service outside this machine to which the server sends each signed checkpoint, in"
                            + " a POST request.");

    static final Setting<SecretValue> WEBHOOK_TOKEN = Setting.secret("checkpoint-webhook-token", 1)
            .description("The token that these requests contain, as `Authorization: Bearer`.");

    static final Setting<Boolean> STORE = Setting.flag("checkpoint-store")
            .byDefault(false)
            .description("Whether the store (`store.url`) receives each signed checkpoint. `breakwater audit verify"
                    + " --against store` compares the log with them.");

    static CheckpointSettings read(SectionReader audit) {
        return new CheckpointSettings(audit.find(WEBHOOK), audit.find(WEBHOOK_TOKEN), audit.get(STORE));
    }

    /** Reports settings that have no effect. */
    void check(SectionReader audit, boolean hasLog, boolean hasStore) {
        if (webhookToken != null && webhook == null) {
            audit.refuse(WEBHOOK_TOKEN, "there is no service that receives it", "set audit.checkpoint-webhook");
        }
        if (webhook != null && !hasLog) {
            audit.refuse(WEBHOOK, "there is no audit log", "set audit.folder");
        }
        if (store && !hasLog) {
            audit.refuse(STORE, "there is no audit log", "set audit.folder, or audit.checkpoint-store to false");
        }
        if (store && !hasStore) {
            audit.refuse(STORE, "there is no store", "set store.url, or audit.checkpoint-store to false");
        }
    }
}
