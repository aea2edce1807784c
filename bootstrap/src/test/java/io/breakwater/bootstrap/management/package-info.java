/** Tests of the management listener of a running server. */
@NullMarked
package io.breakwater.bootstrap.management;

import org.jspecify.annotations.NullMarked;
