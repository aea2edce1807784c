/**
 * Builds the server: Dagger passes settings, ports and packs to the public builder of core, and transports to the code
 * that starts them. It wires nothing inside core.
 */
@NullMarked
package io.breakwater.bootstrap.wiring;

import org.jspecify.annotations.NullMarked;
