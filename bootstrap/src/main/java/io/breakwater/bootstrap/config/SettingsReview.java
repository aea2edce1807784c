package io.breakwater.bootstrap.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds valid settings that cannot have the effect for which they are probably meant. */
final class SettingsReview {
    private final BreakwaterSettings settings;
    private final List<String> warnings = new ArrayList<>();

    private SettingsReview(BreakwaterSettings settings) {
        this.settings = settings;
    }

    /** Returns a warning for each of these settings. */
    static List<String> warnings(BreakwaterSettings settings, ConfigurationBinder reading) {
        var review = new SettingsReview(settings);
        if (reading.isSet("limits.min-concurrency")) {
            review.reviewConcurrency();
        }
        review.reviewIssuers();
        review.reviewWebhook();
        review.warnings.addAll(ServicesReview.warnings(settings, reading));
        return review.warnings;
    }

    private void reviewConcurrency() {
        int min = settings.concurrency().minLimit();
        int max = settings.limits().concurrency();
        if (min > max) {
            warnings.add("limits.min-concurrency is " + min + ", but only " + max
                    + " calls may run at the same time (limits.concurrency).");
        }
    }

    private void reviewIssuers() {
        var auth = settings.auth();
        if (!Boolean.FALSE.equals(auth.enabled())) {
            auth.issuers()
                    .forEach(issuer -> services(issuer)
                            .flatMap(this::refusal)
                            .findFirst()
                            .ifPresent(refusal -> warnings.add("auth.issuers: " + refusal + ", so tokens of "
                                    + UrlText.masked(issuer.issuer()) + " will not be accepted.")));
        }
    }

    /** Returns the URLs that the server needs to check the tokens of an issuer. */
    private static Stream<URI> services(IssuerSettings issuer) {
        var introspection = issuer.introspection();
        var keys = issuer.keySet() != null || !issuer.isUrl() ? issuer.keySet() : URI.create(issuer.issuer());
        return introspection == null ? Stream.ofNullable(keys) : Stream.of(introspection.url());
    }

    private void reviewWebhook() {
        Stream.ofNullable(settings.audit().checkpoints().webhook())
                .flatMap(this::refusal)
                .forEach(refusal -> warnings.add(
                        "audit.checkpoint-webhook: " + refusal + ", so this service will not receive checkpoints."));
    }

    private Stream<String> refusal(URI url) {
        return settings.outbound().refusal(url).stream()
                .map(reason -> reason + ", which outbound.allowed does not name");
    }
}
