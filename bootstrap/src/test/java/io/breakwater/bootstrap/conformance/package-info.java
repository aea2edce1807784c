/** What the official conformance suite calls, written with the public API as an embedding team would. */
@NullMarked
package io.breakwater.bootstrap.conformance;

import org.jspecify.annotations.NullMarked;
