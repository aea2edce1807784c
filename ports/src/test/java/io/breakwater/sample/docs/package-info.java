/** Pages of the documentation, for tests that hold them to the code. */
@NullMarked
package io.breakwater.sample.docs;

import org.jspecify.annotations.NullMarked;
