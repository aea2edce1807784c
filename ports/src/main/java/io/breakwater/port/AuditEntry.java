package io.breakwater.port;

import static java.util.Objects.requireNonNull;

import io.breakwater.port.support.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An entry of the audit log. It contains no argument and no result of a call. */
public sealed interface AuditEntry {

    /** Returns the time at which the entry was created. */
    Instant time();

    /**
     * Returns the entry as one line of JSON in UTF-8, without a line break. It has at most 16 KiB. Equal entries have
     * equal lines: the members have a fixed order and there is no white space between them. Every character that is not
     * printable is escaped, so that a line is safe to print.
     *
     * @param log the name of the log that contains the entry
     */
    byte[] line(String log);

    /**
     * The server is about to run a tool that may change data.
     *
     * @param time the time at which it starts
     * @param call the call
     */
    record Start(Instant time, AuditedCall call) implements AuditEntry {
        /** Refuses null. */
        public Start {
            requireNonNull(time, "Start.time must not be null.");
            requireNonNull(call, "Start.call must not be null.");
        }

        @Override
        public byte[] line(String log) {
            return call.addTo(AuditLine.begin(this, "start", log)).end();
        }
    }

    /**
     * A call ended, or the server refused it.
     *
     * @param time the time of its end
     * @param call the call
     * @param outcome the status, such as {@code ok} or {@code forbidden}
     * @param duration the time from the arrival of the request; null if the request did not become a call
     */
    record End(
            Instant time,
            AuditedCall call,
            String outcome,
            @Nullable Duration duration) implements AuditEntry {
        /** Refuses null. */
        public End {
            requireNonNull(time, "End.time must not be null.");
            requireNonNull(call, "End.call must not be null.");
            requireNonNull(outcome, "End.outcome must not be null.");
        }

        @Override
        public byte[] line(String log) {
            var line = call.addTo(AuditLine.begin(this, "end", log)).text("outcome", outcome);
            return (duration == null ? line : line.number("duration_us", duration.toNanos() / 1_000)).end();
        }
    }

    /**
     * Entries were lost, because the log could not be written for a long time.
     *
     * @param time the time at which the log could be written again
     * @param entries the number of lost entries, at least 1
     */
    record Lost(Instant time, long entries) implements AuditEntry {
        /** Refuses null, and a number below 1. */
        public Lost {
            requireNonNull(time, "Lost.time must not be null.");
            if (entries < 1) {
                throw new IllegalArgumentException("The number of lost entries must be at least 1, not " + entries);
            }
        }

        @Override
        public byte[] line(String log) {
            return AuditLine.begin(this, "lost", log).number("entries", entries).end();
        }
    }

    /**
     * A call as the log records it. Texts of more than 256 characters are shortened: a digest of the whole text takes
     * the place of the rest.
     *
     * @param requestId the id of the call in logs and errors; empty if the request did not become a call
     * @param issuer the issuer of the identity of the caller; empty if there is none
     * @param subject the caller: the user, or the program that calls for itself
     * @param client the program that calls for the user; empty if the caller calls directly
     * @param kind what the caller is
     * @param tenant the tenant; empty if there are no tenants
     * @param method the MCP method
     * @param target the name of the tool or prompt, or the URI of the resource; may be empty
     * @param arguments the keyed digest of the arguments; null if there are none
     * @param dryRun true if the caller only asked what the call would do
     */
    record AuditedCall(
            String requestId,
            String issuer,
            String subject,
            String client,
            Principal.Kind kind,
            String tenant,
            String method,
            String target,
            @Nullable String arguments,
            boolean dryRun) {
        private static final int MAX_LENGTH = 256;
        private static final int PREFIX = 180;

        /** Shortens long texts. */
        public AuditedCall {
            issuer = shortened(issuer);
            subject = shortened(subject);
            client = shortened(client);
            tenant = shortened(tenant);
            method = shortened(method);
            target = shortened(target);
        }

        /** Creates the record of a call of this principal. */
        public static AuditedCall of(
                String requestId, Principal principal, String method, String target, @Nullable String arguments) {
            return new AuditedCall(
                    requestId,
                    principal.issuer(),
                    principal.subject(),
                    principal.client(),
                    principal.kind(),
                    principal.tenant(),
                    method,
                    target,
                    arguments,
                    false);
        }

        /** Returns the record of a dry run of this call. */
        public AuditedCall asDryRun() {
            return new AuditedCall(requestId, issuer, subject, client, kind, tenant, method, target, arguments, true);
        }

        private static String shortened(String text) {
            return text.length() <= MAX_LENGTH ? text : text.substring(0, PREFIX) + "…sha256:" + Sha256.hex(text);
        }

        AuditLine addTo(AuditLine line) {
            return line.text("request_id", requestId)
                    .text("issuer", issuer)
                    .text("subject", subject)
                    .text("client", client)
                    .text("kind", kind.name().toLowerCase(Locale.ROOT))
                    .text("tenant", tenant)
                    .text("method", method)
                    .text("target", target)
                    .text("arguments", arguments == null ? "" : arguments)
                    .text("mode", dryRun ? "dry_run" : "");
        }
    }
}
