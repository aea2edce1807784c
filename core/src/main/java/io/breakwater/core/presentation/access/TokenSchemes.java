package io.breakwater.core.presentation.access;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The schemes of {@code Authorization} for access tokens. Challenges name {@code Bearer} first, because some clients
 * read only the beginning.
 *
 * @param bearer whether the server accepts API keys, and tokens that are not bound to a key
 * @param proofAlgorithms the algorithms of proofs for tokens that are bound to a key; empty if the server refuses these
 */
public record TokenSchemes(boolean bearer, List<String> proofAlgorithms) {
    /** The scheme of API keys and of tokens that are not bound to a key (RFC 6750). */
    static final String BEARER = "Bearer";

    /** The scheme of tokens that are bound to a key (RFC 9449). */
    static final String DPOP = "DPoP";

    /** The schemes of a server that refuses tokens that are bound to a key. */
    public static final TokenSchemes BEARER_ONLY = new TokenSchemes(true, List.of());

    /** Returns whether the server accepts tokens that are bound to a key. */
    public boolean dpop() {
        return !proofAlgorithms.isEmpty();
    }

    /** Returns which schemes the server accepts, in a sentence for operators. */
    String sentence() {
        return "The server accepts " + offered().collect(Collectors.joining(" and ")) + ".";
    }

    /** Returns a challenge without an error. */
    String challenge(String parameters) {
        return challengeOfAll("", parameters);
    }

    /** Returns a challenge with the same error for each scheme. */
    public String challengeOfAll(String error, String parameters) {
        return offered().map(scheme -> one(scheme, error, parameters)).collect(Collectors.joining(", "));
    }

    /** Returns a challenge with an error of one scheme. */
    String challenge(String refused, String error, String parameters) {
        return offered()
                .map(scheme -> one(scheme, scheme.equals(refused) ? error : "", parameters))
                .collect(Collectors.joining(", "));
    }

    private Stream<String> offered() {
        return Stream.of(BEARER, DPOP).filter(scheme -> scheme.equals(BEARER) ? bearer : dpop());
    }

    private String one(String scheme, String error, String parameters) {
        var algorithms = scheme.equals(DPOP) ? "algs=\"" + String.join(" ", proofAlgorithms) + '"' : "";
        var all = Stream.of(error, algorithms, parameters)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? scheme : scheme + ' ' + all;
    }
}
