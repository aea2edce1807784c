/**
 * Requests of callers to HTTP services: the path and the query from a template, the header fields and the body that are
 * sent, and what a response means for the caller. Start at {@link io.breakwater.core.business.services.ServiceCalls}.
 */
@NullMarked
package io.breakwater.core.business.services;

import org.jspecify.annotations.NullMarked;
