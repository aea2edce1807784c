/** Tests of how the parts are joined. */
@org.jspecify.annotations.NullMarked
package io.breakwater.bootstrap.wiring;
