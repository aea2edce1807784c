package io.breakwater.bootstrap.bench;

/** Calls for load tests, each with another key of the same kind, which the server may remember. */
enum DistinctKind {
    /** Callers without a credential, each behind a trusted proxy: each has rate limits of its own. */
    CALLER {
        @Override
        byte[] request(CallRequest call, long number) {
            return call.bytes("echo", MESSAGE, "", CredentialKind.forwarded(number));
        }
    },
    /** Names of tools that the server does not have, in calls of one caller. */
    TOOL {
        @Override
        byte[] request(CallRequest call, long number) {
            return call.bytes("tool_" + number, MESSAGE, "", CredentialKind.forwarded(0));
        }
    },
    /** Idempotency keys, in turn of a tool whose effect is in the store, and of one whose effect is elsewhere. */
    IDEMPOTENCY_KEY {
        @Override
        byte[] request(CallRequest call, long number) {
            var key = ",\"io.breakwater/idempotencyKey\":\"key-" + number + '"';
            var document = "\"arguments\":{\"data_id\":\"document-" + number / 2 % DOCUMENTS + "\",\"content\":"
                    + number + "}";
            return number % 2 == 0
                    ? call.bytes("save_data", document, key, "")
                    : call.bytes("echo_vt", MESSAGE, key, "");
        }
    };

    private static final String MESSAGE = "\"arguments\":{\"message\":\"hello world\"}";
    private static final int DOCUMENTS = 1_000;

    /** Returns the bytes of the call with this number. */
    abstract byte[] request(CallRequest call, long number);
}
