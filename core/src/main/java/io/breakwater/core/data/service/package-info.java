/**
 * HTTP services: their instances from settings, the DNS and the application, health checks, the choice of an instance,
 * repeated requests, circuit breakers and credentials. Start at {@link io.breakwater.core.data.service.ServiceRegistry}.
 */
@NullMarked
package io.breakwater.core.data.service;

import org.jspecify.annotations.NullMarked;
