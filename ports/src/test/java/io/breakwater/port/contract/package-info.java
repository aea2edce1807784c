/**
 * What every implementation of a port must do, as abstract JUnit tests. The tests of an adapter extend the contract
 * of its port and implement the abstract methods; the inherited tests then run unchanged.
 */
@NullMarked
package io.breakwater.port.contract;

import org.jspecify.annotations.NullMarked;
