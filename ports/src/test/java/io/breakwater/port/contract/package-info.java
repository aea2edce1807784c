/**
 * What every implementation of a port must do, as abstract JUnit tests. Whoever writes an adapter extends the contract
 * of the port it implements and gives the hooks it asks for; the tests then run unchanged.
 */
@NullMarked
package io.breakwater.port.contract;

import org.jspecify.annotations.NullMarked;
