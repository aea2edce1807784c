package io.breakwater.adapter.http.identity;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetParseException;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import io.breakwater.port.PortException;
import java.net.URI;
import java.text.ParseException;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests the key set of an issuer each time it is asked. The caches of Nimbus, which ask it, pass the present time and
 * run it on one thread at a time.
 */
final class KeySetFetcher implements JWKSetSource<SecurityContext> {
    private static final Logger LOG = LoggerFactory.getLogger(KeySetFetcher.class);

    private final String issuer;
    private final IssuerDocuments documents;
    private final Supplier<URI> location;
    private volatile Status status = new Status(Instant.MIN, Instant.MIN, null, null);
    private volatile @Nullable URI known;

    /** The address is looked up before the first request, and again after a request that failed. */
    KeySetFetcher(String issuer, IssuerDocuments documents, Supplier<URI> location) {
        this.issuer = issuer;
        this.documents = documents;
        this.location = location;
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator evaluator, long millis, @Nullable SecurityContext context)
            throws JWKSetUnavailableException {
        var now = Instant.ofEpochMilli(millis);
        try {
            var set = fetch();
            success(now, set);
            return set;
        } catch (PortException e) {
            throw failure(now, new JWKSetRetrievalException(IssuerFailure.reason(e), e));
        } catch (ParseException e) {
            throw failure(now, new JWKSetParseException(e.getMessage(), e));
        }
    }

    private JWKSet fetch() throws ParseException {
        var uri = known;
        if (uri == null) {
            uri = location.get();
            known = uri;
        }
        return KeySetParser.parse(documents.get(uri));
    }

    private void success(Instant now, JWKSet set) {
        if (status.failing()) {
            LOG.info("The keys of the issuer {} are available again.", issuer);
        }
        status = new Status(now, now, set, null);
    }

    private JWKSetUnavailableException failure(Instant now, JWKSetUnavailableException failure) {
        if (!status.failing()) {
            LOG.warn("The keys of the issuer {} are not available. {}", issuer, failure.getMessage());
        }
        known = null;
        status = new Status(now, status.success, status.set, String.valueOf(failure.getMessage()));
        return failure;
    }

    String issuer() {
        return issuer;
    }

    Status status() {
        return status;
    }

    @Override
    public void close() {
        // There is no connection of its own.
    }

    /**
     * The latest requests.
     *
     * @param attempt the time of the latest request
     * @param success the time of the latest request that succeeded
     * @param set the response to it; null before the first one
     * @param failure why the latest request failed; null if it did not
     */
    record Status(
            Instant attempt,
            Instant success,
            @Nullable JWKSet set,
            @Nullable String failure) {
        /** Whether no request has ended yet. */
        boolean isUnknown() {
            return set == null && failure == null;
        }

        boolean failing() {
            return failure != null;
        }
    }
}
