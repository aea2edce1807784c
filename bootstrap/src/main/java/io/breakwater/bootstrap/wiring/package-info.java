/**
 * Puts the server together: Dagger hands settings, ports and packs to the public builder of core, and transports to
 * whoever starts them. It wires nothing inside core.
 */
@NullMarked
package io.breakwater.bootstrap.wiring;

import org.jspecify.annotations.NullMarked;
