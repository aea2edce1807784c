package io.breakwater.adapter.http.identity;

import io.breakwater.port.contract.ProofVerifierContract;
import io.breakwater.port.driven.ProofVerifier;
import io.breakwater.port.driven.ProofVerifier.ProvedRequest;
import io.breakwater.sample.identity.DpopProof;
import io.breakwater.sample.identity.SigningKey;

class DpopVerifierContractTest extends ProofVerifierContract {
    private final TestClock clock = new TestClock();

    @Override
    protected ProofVerifier make() {
        return DpopVerifier.of(clock);
    }

    private String proof(SigningKey key, ProvedRequest request) {
        return DpopProof.of(key, request.method(), request.url(), request.token(), clock.instant())
                .sign(key);
    }

    @Override
    protected String validProof(ProvedRequest request) {
        return proof(Keys.of("ES256"), request);
    }

    @Override
    protected String validProofWithAnotherKey(ProvedRequest request) {
        return proof(Keys.forged("ES256"), request);
    }
}
