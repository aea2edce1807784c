package io.breakwater.server;

import io.breakwater.port.Principal;
import io.breakwater.port.driven.TokenVerifier;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A verifier whose tokens are {@code token-<name>}. It recognizes no others, rejects {@code token-old}, and counts what
 * it verifies. Names that it does not know are forged.
 */
final class ScriptedVerifier implements TokenVerifier {
    final AtomicInteger inspected = new AtomicInteger();
    final AtomicInteger verified = new AtomicInteger();
    private final Map<String, Supplier<Verification>> results = new HashMap<>();

    /** The token of this name is valid until then. */
    void valid(String name, Instant expires) {
        answer(name, () -> new Valid(Principal.of("https://issuer.example", name), expires, name));
    }

    /** The verification of the token of this name ends like that. */
    void answer(String name, Supplier<Verification> result) {
        results.put(name, result);
    }

    @Override
    public Inspection inspect(String token) {
        inspected.incrementAndGet();
        if (!token.startsWith("token-")) {
            return new NotRecognized();
        }
        var name = token.substring("token-".length());
        return name.equals("old") ? new Rejected("The token has expired.") : (Candidate) context -> verify(name);
    }

    private Verification verify(String name) {
        verified.incrementAndGet();
        return results.getOrDefault(name, () -> new Rejected("The signature is wrong."))
                .get();
    }
}
