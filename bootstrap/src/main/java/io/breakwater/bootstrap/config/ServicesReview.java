package io.breakwater.bootstrap.config;

import io.breakwater.port.support.NameSuggestion;
import io.breakwater.server.settings.ServiceCredentials;
import io.breakwater.server.settings.ServiceCredentials.TokenEndpoint;
import io.breakwater.server.settings.ServiceInstances;
import io.breakwater.server.settings.ServiceOrigin;
import io.breakwater.server.settings.ServiceSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds valid settings of services and orders that cannot have the effect for which they are probably meant. */
final class ServicesReview {
    private static final DurationType DURATION = new DurationType(Duration.ZERO, Duration.ofDays(1));

    /** Addresses that are allowed if they are written in {@code urls}, and {@code localhost}. */
    private static final List<String> WRITTEN = List.of(
            "localhost",
            "127.0.0.0/8",
            "::1",
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "100.64.0.0/10",
            "fc00::/7");

    private final BreakwaterSettings settings;
    private final ConfigurationBinder reading;
    private final List<ServiceSettings> configured;
    private final Function<URI, Optional<String>> refusals;
    private final Function<URI, Optional<String>> refusalsOfWritten;
    private final List<String> warnings = new ArrayList<>();

    private ServicesReview(BreakwaterSettings settings, ConfigurationBinder reading) {
        this.settings = settings;
        this.reading = reading;
        this.configured = settings.services().stream()
                .filter(service -> ServiceSection.SOURCES.stream()
                        .anyMatch(source -> reading.isSet(path(service.name(), source.name()))))
                .toList();
        var outbound = settings.outbound();
        this.refusals = outbound.refusals();
        this.refusalsOfWritten = outbound.withAllowed(Stream.concat(outbound.allowed().stream(), WRITTEN.stream())
                        .toList())
                .refusals();
    }

    /** Returns a warning for each of these settings. */
    static List<String> warnings(BreakwaterSettings settings, ConfigurationBinder reading) {
        var review = new ServicesReview(settings, reading);
        review.configured.forEach(review::review);
        review.reviewOrders();
        return review.warnings;
    }

    private void review(ServiceSettings service) {
        reviewInstances(service);
        reviewCredentials(service);
        var name = service.name();
        var deadline = settings.limits().deadline();
        if (isSet(name, "attempt-timeout") && service.attemptTimeout().compareTo(deadline) > 0) {
            warnings.add(path(name, "attempt-timeout") + " is " + DURATION.text(service.attemptTimeout())
                    + ", but a call ends after " + DURATION.text(deadline) + " (limits.deadline).");
        }
        if (isSet(name, "srv-tls") && !isSet(name, "srv")) {
            warnings.add(path(name, "srv-tls") + " has no effect without " + path(name, "srv")
                    + ". Write https in the URLs instead.");
        }
    }

    private void reviewInstances(ServiceSettings service) {
        var name = service.name();
        if (reading.value(path(name, "file")) instanceof Path file && !Files.isRegularFile(file)) {
            warnings.add(path(name, "file") + ": "
                    + (Files.exists(file) ? file + " is not a regular file" : "there is no file " + file)
                    + ", so the service has no instances until there is one.");
        }
        switch (service.instances()) {
            case ServiceInstances.Fixed(var origins) ->
                origins.forEach(origin -> reviewAddress(path(name, "urls"), uri(origin), refusalsOfWritten));
            case ServiceInstances.Dns(var origin) -> reviewAddress(path(name, "dns"), uri(origin), refusals);
            default -> {}
        }
        tokenEndpoint(service.credentials())
                .forEach(
                        endpoint -> reviewAddress(path(name, "oauth2.url"), uri(endpoint.origin()), refusalsOfWritten));
    }

    private void reviewAddress(String path, URI url, Function<URI, Optional<String>> refusals) {
        refusals.apply(url)
                .ifPresent(reason -> warnings.add(path + ": " + reason
                        + ", which outbound.allowed does not name, so no request will be sent there."));
    }

    private static URI uri(ServiceOrigin origin) {
        return URI.create(origin.toString());
    }

    private void reviewCredentials(ServiceSettings service) {
        var name = service.name();
        if (isSet(name, "api-key-header") && !isSet(name, "api-key")) {
            warnings.add(path(name, "api-key-header") + " has no effect without " + path(name, "api-key") + " (or "
                    + ServiceCredentialsSection.variable(name) + ").");
        }
        if (service.credentials() instanceof ServiceCredentials.TokenExchange && !acceptsTokens()) {
            warnings.add(path(name, "oauth2.grant") + " is token-exchange, which needs the token of the caller, but"
                    + " the server accepts no tokens, so all calls of the service fail. Configure auth.issuers or"
                    + " auth.jwt-secret.");
        }
    }

    private boolean acceptsTokens() {
        var auth = settings.auth();
        return !Boolean.FALSE.equals(auth.enabled())
                && (auth.jwt() != null || !auth.issuers().isEmpty());
    }

    private static Stream<TokenEndpoint> tokenEndpoint(ServiceCredentials credentials) {
        return switch (credentials) {
            case ServiceCredentials.ClientCredentials(var endpoint) -> Stream.of(endpoint);
            case ServiceCredentials.TokenExchange(var endpoint) -> Stream.of(endpoint);
            default -> Stream.empty();
        };
    }

    private void reviewOrders() {
        var missing = OrdersSection.missing(settings.orders(), configured);
        if (settings.packs().orders()) {
            missing.forEach(this::reviewDefault);
        } else if (!reading.isSet("packs.orders")) {
            reviewNotOffered(missing);
        }
    }

    /** Reports a service with its default URL if its name is probably misspelt. */
    private void reviewDefault(String name) {
        var used = OrdersSection.services(settings.orders());
        var others = configured.stream()
                .map(ServiceSettings::name)
                .filter(other -> !used.contains(other))
                .toList();
        NameSuggestion.to(name, others)
                .or(() -> OrdersSection.standardNames(settings.orders(), name)
                        .filter(others::contains)
                        .findFirst())
                .ifPresent(similar -> warnings.add("services contains no " + name + ", so create_order uses "
                        + OrdersSection.url(name) + ". Did you mean " + similar + "?"));
    }

    /** Says why the tool is not offered although most of what it needs is there. */
    private void reviewNotOffered(List<String> missing) {
        boolean hasStore = settings.store().settings() != null;
        int needed = OrdersSection.services(settings.orders()).size();
        if (missing.isEmpty() && !hasStore) {
            warnings.add(
                    "create_order is not offered, because it needs a store. Set store.url, or packs.orders to false.");
        } else if (missing.size() == 1 && needed > 1 && hasStore) {
            warnings.add("create_order is not offered, because services contains no " + missing.getFirst()
                    + ". Add it, or set packs.orders to false.");
        }
    }

    private boolean isSet(String service, String setting) {
        return reading.isSet(path(service, setting));
    }

    private static String path(String service, String setting) {
        return "services." + service + "." + setting;
    }
}
