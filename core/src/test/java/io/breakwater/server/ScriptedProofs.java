package io.breakwater.server;

import io.breakwater.port.driven.ProofVerifier;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A verifier whose proofs are {@code key/id/method}, and {@code key/id/method/forged} with a wrong signature. The
 * adapter for HTTP has tests with real proofs.
 */
final class ScriptedProofs implements ProofVerifier {
    static final String REASON = "The proof is not for this request.";

    final AtomicInteger verified = new AtomicInteger();
    private final Supplier<Instant> expires;

    ScriptedProofs(Supplier<Instant> expires) {
        this.expires = expires;
    }

    @Override
    public List<String> algorithms() {
        return List.of("ES256", "EdDSA");
    }

    @Override
    public Inspection inspect(String proof, ProvedRequest request) {
        var parts = proof.split("/", -1);
        boolean forThis = parts.length >= 3
                && parts[2].equals(request.method())
                && request.url().equals("https://tools.example.com/mcp")
                && request.token().startsWith("token-");
        return forThis ? new Scripted(parts[0], parts[1], expires.get(), parts.length == 3) : new Rejected(REASON);
    }

    private final class Scripted implements Candidate {
        private final String key;
        private final String id;
        private final Instant end;
        private final boolean valid;

        Scripted(String key, String id, Instant end, boolean valid) {
            this.key = key;
            this.id = id;
            this.end = end;
            this.valid = valid;
        }

        @Override
        public String keyThumbprint() {
            return key;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public Instant expires() {
            return end;
        }

        @Override
        public boolean verify() {
            verified.incrementAndGet();
            return valid;
        }
    }
}
