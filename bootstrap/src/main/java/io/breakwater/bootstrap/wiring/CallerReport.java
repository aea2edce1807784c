package io.breakwater.bootstrap.wiring;

import io.breakwater.bootstrap.config.AcceptedTokens;
import io.breakwater.bootstrap.config.AuthSettings;
import io.breakwater.bootstrap.config.BreakwaterSettings;
import io.breakwater.bootstrap.config.IssuerSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How callers authenticate, for the operator.
 *
 * @param sentence which credentials the server accepts
 * @param ignored the credentials that are configured although callers need none
 * @param callerWarnings what is probably not intended about credentials, one sentence or two each
 * @param listenerWarnings what is probably not intended about the HTTP listener; a {@code stdio} server has none
 */
public record CallerReport(
        String sentence, List<String> ignored, List<String> callerWarnings, List<String> listenerWarnings) {
    /** Copies the lists. */
    public CallerReport {
        ignored = List.copyOf(ignored);
        callerWarnings = List.copyOf(callerWarnings);
        listenerWarnings = List.copyOf(listenerWarnings);
    }

    /** Returns all warnings. */
    public List<String> warnings() {
        return Stream.concat(callerWarnings.stream(), listenerWarnings.stream()).toList();
    }

    /** Reports on a server that admits callers without a credential. */
    static CallerReport open(BreakwaterSettings settings, boolean keysFileExists) {
        var auth = settings.auth();
        var ignored = new ArrayList<>(auth.credentials());
        if (keysFileExists || auth.apiKeys().isFileRequired()) {
            ignored.add(absolute(auth.apiKeys().file()).toString());
        }
        var warnings = ignored.isEmpty()
                ? List.<String>of()
                : List.of("Callers need no credential, because auth.enabled is false, although these are configured: "
                        + String.join(", ", ignored) + ". Remove auth.enabled to require a credential.");
        return new CallerReport(
                "Callers need no credential.", ignored, warnings, ListenerReport.warnings(settings, true));
    }

    /**
     * Reports on a server that requires a credential.
     *
     * @param keys the number of keys in the file
     */
    static CallerReport guarded(BreakwaterSettings settings, boolean keysFileExists, int keys) {
        var auth = settings.auth();
        boolean usesFile = keysFileExists
                || auth.apiKeys().isFileRequired()
                || auth.credentials().isEmpty();
        var accepted = new ArrayList<String>();
        if (usesFile) {
            accepted.add("API keys (" + (keys == 1 ? "1 key" : keys + " keys") + ", "
                    + absolute(auth.apiKeys().file()) + ")");
        }
        if (auth.apiKeys().single() != null) {
            accepted.add("the API key of auth.api-key");
        }
        if (auth.jwt() != null) {
            accepted.add("tokens of " + auth.localIssuer() + " (auth.jwt-secret)");
        }
        auth.issuers().stream().map(issuer -> "tokens of " + issuer.issuer()).forEach(accepted::add);
        return new CallerReport(
                "Callers authenticate with: " + String.join(", ", accepted) + ".",
                List.of(),
                warnings(settings, usesFile ? keys : 0),
                ListenerReport.warnings(settings, false));
    }

    private static List<String> warnings(BreakwaterSettings settings, int keys) {
        var auth = settings.auth();
        var warnings = new ArrayList<String>();
        if (keys == 0 && auth.credentials().isEmpty()) {
            warnings.add("Callers must authenticate, but there is no credential: create an API key with 'breakwater key"
                    + " new' (file " + absolute(auth.apiKeys().file()) + "), or configure auth.issuers.");
        }
        if (auth.accept() == AcceptedTokens.DPOP && (keys > 0 || auth.apiKeys().single() != null)) {
            warnings.add("API keys are not accepted over HTTP, because auth.accept is dpop.");
        }
        if (UnappliedLimits.hasTenantQuotas(settings) && hasNoTenants(auth, keys)) {
            warnings.add(
                    "limits.quota sets quotas of tenants, but no credential has a tenant. Set auth.tenant-claim, or"
                            + " remove these quotas.");
        }
        if (settings.lacksPublicUrl() && requiresPublicUrl(auth)) {
            warnings.add("Tokens must be issued for " + auth.publicUrl() + " (aud), the address on which the server"
                    + " listens. Set http.public-url to the URL that clients use.");
        }
        return warnings;
    }

    /** Keys in the file and tokens of the server itself may have a tenant. */
    private static boolean hasNoTenants(AuthSettings auth, int keys) {
        return keys == 0
                && auth.jwt() == null
                && auth.issuers().stream().allMatch(issuer -> issuer.tenantClaim() == null);
    }

    private static boolean requiresPublicUrl(AuthSettings auth) {
        var jwt = auth.jwt();
        return (jwt != null && jwt.audience() == null)
                || auth.issuers().stream().map(IssuerSettings::audiences).anyMatch(List::isEmpty);
    }

    private static Path absolute(Path file) {
        return file.toAbsolutePath().normalize();
    }
}
