package io.breakwater.bootstrap.bench;

/** Requests to {@code echo} that differ in their credentials only. */
record CredentialRequests(CredentialKind.Source source, int port) {

    /** Returns the bytes of a request. */
    byte[] request(CredentialKind kind, long number) {
        return new CallRequest(port)
                .bytes("echo", "\"arguments\":{\"message\":\"hello world\"}", "", kind.fields(source, number));
    }
}
