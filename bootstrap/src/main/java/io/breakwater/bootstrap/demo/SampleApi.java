package io.breakwater.bootstrap.demo;

/** What a sample service offers; all its instances share one. Thread-safe. */
@FunctionalInterface
interface SampleApi {
    SampleReply respond(SampleRequest request);
}
