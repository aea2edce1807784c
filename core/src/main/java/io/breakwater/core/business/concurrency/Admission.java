package io.breakwater.core.business.concurrency;

/** The result of a request for a permit: the permit, a place in the queue, or a rejection. */
public sealed interface Admission permits Permit, WaitingCall, Rejection {}
