package io.breakwater.bootstrap.config;

import io.breakwater.bootstrap.audit.FileAuditSettings;
import io.breakwater.server.settings.AuditFailurePolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how calls are recorded in an audit log.
 *
 * @param file where and how the log is written; null if calls are not recorded
 * @param checkpoints the places to which its checkpoints are copied
 * @param onFailure what happens to calls while the log cannot be written
 */
public record AuditSettings(
        @Nullable FileAuditSettings file, CheckpointSettings checkpoints, AuditFailurePolicy onFailure) {

    private static final String NO_LOG = "there is no audit log";
    private static final String REMEDY = "set audit.folder";

    static final Setting<Path> FOLDER = Setting.path("folder")
            .description(
                    "The folder of the audit log, which records every call; created when it is missing. Every server"
                            + " needs a folder of its own. Without this setting, calls are not recorded.");

    static final Setting<String> NAME = Setting.text(
                    "name", "[A-Za-z0-9][A-Za-z0-9._/-]{0,127}", "up to 128 letters, digits, dots, dashes and slashes")
            .description(
                    "The name of the log, which its checkpoints contain and no other log may have, such as"
                            + " `example.com/audit/server-1`. By default, a new log gets `server.deployment` and random digits.");

    static final Setting<Path> SIGNING_KEY_FILE = Setting.path("signing-key-file")
            .description("The file with the private key that signs checkpoints. By default, the server generates one in"
                    + " the folder of the log.");

    static final Setting<Duration> CHECKPOINT_INTERVAL = Setting.duration(
                    "checkpoint-interval", Duration.ofSeconds(1), Duration.ofHours(1))
            .byDefault(Duration.ofMinutes(1))
            .description("The time between two signed checkpoints. A change of an entry shows once a checkpoint has"
                    + " signed it.");

    static final Setting<AuditFailurePolicy> ON_FAILURE = Setting.choice("on-failure", AuditFailurePolicy.class)
            .byDefault(AuditFailurePolicy.DENY_WRITES)
            .description("What happens to calls while the log cannot be written: `deny-writes` refuses calls of tools"
                    + " that may change data, `deny-all` refuses all calls, and `allow` refuses none.");

    static AuditSettings read(SectionReader audit, String deployment) {
        var folder = audit.find(FOLDER);
        var name = audit.find(NAME);
        var signingKey = audit.find(SIGNING_KEY_FILE);
        var interval = audit.get(CHECKPOINT_INTERVAL);
        var checkpoints = CheckpointSettings.read(audit);
        var onFailure = audit.get(ON_FAILURE);
        return new AuditSettings(
                folder == null ? null : new FileAuditSettings(folder, name, prefix(deployment), signingKey, interval),
                checkpoints,
                onFailure);
    }

    /** Reports settings that have no effect. The default is accepted, because {@code config show} writes it. */
    void check(SectionReader audit, boolean hasStore) {
        if (file == null) {
            List.of(NAME, SIGNING_KEY_FILE).forEach(setting -> refuseIfSet(setting, audit));
            if (onFailure != AuditFailurePolicy.DENY_WRITES) {
                audit.refuse(ON_FAILURE, NO_LOG, REMEDY);
            }
        }
        checkpoints.check(audit, file != null, hasStore);
    }

    private static void refuseIfSet(Setting<?> setting, SectionReader audit) {
        if (audit.group().get(setting.name()) != null) {
            audit.refuse(setting, NO_LOG, REMEDY);
        }
    }

    /** The name of a key has neither spaces nor {@code +}. */
    private static String prefix(String deployment) {
        return deployment.replaceAll("[^A-Za-z0-9._-]", "-");
    }
}
